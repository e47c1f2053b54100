/** The kinds of checks; each has words in `i18n/<lang>/verify.json` under `check`. */
export const checkFamilies = [
  'bag-complete',
  'bag-manifest',
  'bag-handover',
  'record-canonical',
  'record-signers-complete',
  'record-practice',
  'signature-valid',
  'signature-trusted',
  'signatures-valid',
  'time-token',
  'time-anchor',
  'time-order',
  'track-parts',
  'track-segments',
  'track-merkle',
  'track-heads',
  'stored',
  'custody-log',
  'custody-log-key',
  'custody-checkpoint',
  'custody-continued',
  'custody-proofs',
  'custody-sequence',
  'custody-seal-binding',
  'custody-seal-to-head',
  'custody-additions',
  'custody-witnesses',
  'supplements',
  'copies',
  'other',
] as const;
export type CheckFamily = (typeof checkFamilies)[number];

/**
 * Takes a check's public name apart: which kind it is, and of what. `track.room.heads` → `track-heads` of `room`,
 * `signature.record.json.station.p7s.valid` → `signature-valid` of `record.json.station.p7s`. A check of a stored exhibit may end with the
 * number of its disk: `track.room.segments.2`, `stored.2`, `supplements.2`.
 */
export function checkFamily(name: string): { family: CheckFamily; item: string } {
  const [, track, aspect, disk] = /^track\.([a-z0-9-]+)\.([a-z]+)(?:\.([0-9]+))?$/.exec(name) ?? [];
  if (track !== undefined) {
    return { family: known(`track-${aspect ?? ''}`), item: disk === undefined ? track : `${track} (${disk})` };
  }
  if (name === 'signature.valid') return { family: 'signatures-valid', item: '' };
  if (name.startsWith('stored.')) return { family: 'stored', item: name.slice('stored.'.length) };
  const [, file, kind] = /^signature\.(.+)\.(valid|trusted)$/.exec(name) ?? [];
  if (file !== undefined) return { family: known(`signature-${kind ?? ''}`), item: file };
  if (name === 'time.anchor' || name === 'time.order') return { family: known(name.replace('.', '-')), item: '' };
  if (name.startsWith('time.')) return { family: 'time-token', item: name.slice('time.'.length) };
  const [, about, onDisk] = /^(supplements|custody\.additions)\.([0-9]+)$/.exec(name) ?? [];
  if (about !== undefined) return { family: known(about.replace('.', '-')), item: onDisk ?? '' };
  if (name.startsWith('copies.')) return { family: 'copies', item: name.slice('copies.'.length) };
  const family = known(name.replace('.', '-'));
  return { family, item: family === 'other' ? name : '' };
}

function known(family: string): CheckFamily {
  return checkFamilies.find((each) => each === family) ?? 'other';
}
