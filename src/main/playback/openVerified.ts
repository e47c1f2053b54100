import { createHash } from 'node:crypto';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Playback } from '../../shared/contract/hearings.ts';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Actor } from './hearings.ts';
import { type DamagedCopy, OpenExhibit } from './openExhibit.ts';
import { placement } from './playlist.ts';

/** What the station keeps of a sealed exhibit, as playback needs it. */
export interface StoredExhibit {
  readonly record: Uint8Array;
  readonly recordSha256: string;
  readonly folders: readonly string[];
  readonly keyAge: Uint8Array;
}

export interface OpeningNeeds {
  readonly custody: CustodyLog;
  /** @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE where it is not sealed */
  readonly stored: (exhibit: string) => StoredExhibit;
  /** Opens `exhibit.key.age` with the vault's identity. */
  readonly openKey: (keyAge: Uint8Array, vaultIdentity: string) => Promise<string>;
  /** Whether the record's signatures are valid and by certificates that this station trusts for it. */
  readonly signaturesValid: (exhibit: string, record: Uint8Array, folders: readonly string[]) => Promise<boolean>;
  /** Names of signers, by their code, as far as this station knows them. */
  readonly nameOf: (code: string) => string;
}

/** Who opens, and what the log says besides where a copy of a segment turns out damaged. */
interface Opener {
  readonly actor: Actor;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * Opens an exhibit: its record against its digest and signatures, its segment lists against the record.
 * @throws Refusal RECORD_INVALID, SIGNATURE_INVALID, SEGMENT_DAMAGED, and what opening the key throws
 */
export async function openVerified(
  { custody, stored, openKey, signaturesValid }: OpeningNeeds,
  number: string,
  vaultIdentity: string,
  opener: Opener,
): Promise<OpenExhibit> {
  const { record: bytes, recordSha256, folders, keyAge } = stored(number);
  if (createHash('sha256').update(bytes).digest('hex') !== recordSha256) {
    throw new Refusal('RECORD_INVALID', { where: 'record.json', reason: 'digest' });
  }
  if (!(await signaturesValid(number, bytes, folders))) throw new Refusal('SIGNATURE_INVALID');
  const record = EvidenceRecord.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const exhibit = new OpenExhibit(
    record,
    folders,
    await openKey(keyAge, vaultIdentity),
    damaged(custody, number, opener),
  );
  await exhibit.start();
  return exhibit;
}

/** Logs each damaged copy once in a playback. */
function damaged(custody: CustodyLog, number: string, { actor, details }: Opener): (copy: DamagedCopy) => void {
  const told = new Set<string>();
  return ({ folder, file, line, reason }) => {
    const key = `${folder}/${file}/${line}`;
    if (told.has(key)) return;
    told.add(key);
    custody.append({
      action: 'playback.segment-damaged',
      actor,
      subject: { type: 'exhibit', id: number },
      details: { ...details, file, line, reason },
    });
  };
}

/** What a player needs of an open exhibit. */
export function playbackOf(
  { nameOf }: Pick<OpeningNeeds, 'nameOf'>,
  open: OpenExhibit,
  exhibit: Exhibit,
  watermark: string,
): Playback {
  const { record } = open;
  return {
    exhibit,
    durationMs: Date.parse(record.interview.ended_at) - Date.parse(record.interview.started_at),
    tracks: record.tracks.map((track) => ({
      id: track.id,
      place: track.id,
      kind: track.kind,
      label: track.source.label,
      simulated: track.source.simulated,
      playlist: `/media/${record.exhibit}/${track.id}/index.m3u8`,
      codecs: track.codecs,
      parts: placement(open.parts(track.id)),
    })),
    timeline: record.timeline,
    watermark,
    sealed: {
      at: record.interview.sealed_at,
      by: record.signers.map(({ role, code }) => ({ role, code, name: nameOf(code) })),
    },
  };
}
