import { isRefusal } from '../../../shared/errors.ts';
import {
  addSignatures,
  type CustodyLog,
  encodeConsistency,
  type NoteSigner,
  onlySignatures,
  parseCheckpoint,
  parseVkey,
  verifyNote,
} from '../../custody/index.ts';
import {
  type BagCustody,
  type BagFile,
  type BagLog,
  bagFile,
  type ExportedManifest,
  type WitnessedHead,
} from './bagInput.ts';
import { firstOf, type LogInBag, logsOf, proofsIn } from './otherLogs.ts';

/**
 * The custody folder of an exhibit as the log stands now; call it right after `bag.exported` was appended, in the same
 * breath, so that this event is the exhibit's last. `sealCheckpoint` is the head that was signed after the seal, `home` the
 * origin that the record names: an earlier one where the station was restored from a backup since.
 */
export function collectCustody(input: {
  log: CustodyLog;
  signer: NoteSigner;
  exhibit: string;
  sealCheckpoint: string;
  sealCheckpointTsr?: Uint8Array | undefined;
  anchor?: BagCustody['anchor'];
  home?: string;
}): BagCustody {
  const { log, signer, home = log.origin } = input;
  const events = log.eventsOf({ type: 'exhibit', id: input.exhibit });
  const logs = logsOf(log, signer, home, events);
  const at = logs.findIndex((one) => one.log.origin === home);
  const own = logs[at];
  if (own === undefined) throw new Error(`${input.exhibit} names a log that is not this station's: ${home}`);
  const size = own.log.size();
  const seal = parseCheckpoint(input.sealCheckpoint);
  return {
    events,
    proofs: proofsIn(own, events),
    first: at === 0 ? null : firstOf(own),
    others: logs.flatMap((one, index): BagLog[] => {
      if (index === at) return [];
      const place = index < at ? `before/${index + 1}` : `after/${index - at}`;
      const { vkey, checkpoint } = one;
      const first = index === 0 ? null : firstOf(one);
      const witnessed = witnessedHeads(one);
      return [{ place, origin: one.log.origin, vkey, checkpoint, proofs: proofsIn(one, events), first, witnessed }];
    }),
    checkpoint: own.checkpoint,
    sealCheckpoint: input.sealCheckpoint,
    sealCheckpointTsr: input.sealCheckpointTsr,
    sealToHead: encodeConsistency(own.log.consistencyProof(seal.size, size)),
    vkey: own.vkey,
    witnessed: witnessedHeads(own),
    anchor: input.anchor,
  };
}

/** The newest head that each witness cosigned, with all cosignatures that it has. */
function witnessedHeads({ log, vkey }: LogInBag): WitnessedHead[] {
  const all = log.cosignatures();
  const newest = new Set(new Map(all.map((one) => [one.witness, one.size])).values());
  return [...newest].map((at) => {
    const rows = all.filter((one) => one.size === at);
    // A head that came back cosigned was kept with the log's own signature. One size may have two notes, the head as it
    // was and the closing one, which names the log after it: the one that more witnesses signed goes with the bag.
    const notes = log.heads().flatMap((one) => (one.size === at ? onlySignatures(one.note, [parseVkey(vkey)]) : []));
    const [checkpoint = ''] = notes
      .map((note) => ({ note, lines: rows.filter((row) => isOver(note, row, vkey)).map(({ line }) => line) }))
      .sort((a, b) => b.lines.length - a.lines.length)
      .map(({ note, lines }) => addSignatures(note, lines.join('')));
    return { size: at, checkpoint, toHead: encodeConsistency(log.consistencyProof(at)) };
  });
}

/** Whether a cosignature is over this very note. */
function isOver(note: string, { line, witness }: { line: string; witness: string }, vkey: string): boolean {
  try {
    return verifyNote(addSignatures(note, line), [parseVkey(vkey), parseVkey(witness)]).cosignedBy.length === 1;
  } catch (error) {
    if (isRefusal(error, 'CHECKPOINT_WRONG_KEY')) return false;
    throw error;
  }
}

/**
 * The files of `custody/` (EVIDENCE-FORMAT §4). Throws when the last event is not the export of this very manifest, or
 * an event has no proof: a caller's mistake that must not leave the house.
 */
export function custodyFiles(custody: BagCustody, manifest: ExportedManifest): BagFile[] {
  const last = custody.events.at(-1)?.event;
  if (last?.action !== 'bag.exported' || last.details['manifest_sha256'] !== manifest.sha256) {
    throw new Error('the exhibit’s last event is not the export of this bag');
  }
  const lines = custody.events.map(({ bytes }) => Buffer.concat([bytes, Buffer.from('\n')]));
  const files = [
    bagFile('custody/events.jsonl', Buffer.concat(lines)),
    bagFile('custody/exported-manifest.txt', manifest.text),
    bagFile('custody/checkpoint', custody.checkpoint),
    bagFile('custody/seal.checkpoint', custody.sealCheckpoint),
    bagFile('custody/seal-to-head.consistency', custody.sealToHead),
    bagFile('custody/log.vkey', `${custody.vkey}\n`),
  ];
  const optional = (path: string, content: Uint8Array | undefined) => {
    if (content !== undefined) files.push(bagFile(path, content));
  };
  optional('custody/checkpoint.tsr', custody.checkpointTsr);
  optional('custody/seal.checkpoint.tsr', custody.sealCheckpointTsr);
  optional('custody/anchor.checkpoint', custody.anchor?.checkpoint);
  optional('custody/anchor.tsr', custody.anchor?.tsr);
  files.push(...witnessedFiles('custody', custody.witnessed));
  const others = custody.others ?? [];
  for (const { index, event } of custody.events) {
    const other = others.find(({ origin }) => origin === event.log);
    const proof = (other?.proofs ?? custody.proofs).get(index);
    if (proof === undefined) throw new Error(`no proof of event ${index}`);
    files.push(bagFile(`${other === undefined ? 'custody' : placeOf(other)}/proofs/${index}.tlog-proof`, proof));
  }
  files.push(...firstFiles('custody', custody.first ?? null));
  for (const other of others) {
    files.push(bagFile(`${placeOf(other)}/log.vkey`, `${other.vkey}\n`));
    files.push(bagFile(`${placeOf(other)}/checkpoint`, other.checkpoint));
    files.push(...firstFiles(placeOf(other), other.first), ...witnessedFiles(placeOf(other), other.witnessed));
  }
  return files;
}

const placeOf = ({ place }: BagLog): string => `custody/${place}`;

function witnessedFiles(folder: string, witnessed: readonly WitnessedHead[] = []): BagFile[] {
  return witnessed.flatMap(({ size, checkpoint, toHead }) => [
    bagFile(`${folder}/witnessed/${size}.checkpoint`, checkpoint),
    bagFile(`${folder}/witnessed/${size}.consistency`, toHead),
  ]);
}

function firstFiles(folder: string, first: BagLog['first']): BagFile[] {
  if (first === null) return [];
  return [bagFile(`${folder}/first.json`, first.event), bagFile(`${folder}/first.tlog-proof`, first.proof)];
}
