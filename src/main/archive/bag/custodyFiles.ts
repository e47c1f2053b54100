import {
  addSignatures,
  type CustodyLog,
  encodeConsistency,
  type NoteSigner,
  parseCheckpoint,
} from '../../custody/index.ts';
import { type BagCustody, type BagFile, bagFile, type ExportedManifest, type WitnessedHead } from './bagInput.ts';

/**
 * The custody folder of an exhibit as the log stands now; call it right after `bag.exported` was appended, in the same
 * breath, so that this event is the exhibit's last. `sealCheckpoint` is the head that was signed after the seal.
 */
export function collectCustody(input: {
  log: CustodyLog;
  signer: NoteSigner;
  exhibit: string;
  sealCheckpoint: string;
  sealCheckpointTsr?: Uint8Array | undefined;
  anchor?: BagCustody['anchor'];
}): BagCustody {
  const { log, signer } = input;
  const size = log.size();
  const checkpoint = log.checkpoint(signer, size);
  log.keepHead(checkpoint, null);
  const events = log.eventsOf({ type: 'exhibit', id: input.exhibit });
  const seal = parseCheckpoint(input.sealCheckpoint);
  return {
    events,
    proofs: new Map(events.map(({ index }) => [index, log.proofFile(index, checkpoint)])),
    checkpoint,
    sealCheckpoint: input.sealCheckpoint,
    sealCheckpointTsr: input.sealCheckpointTsr,
    sealToHead: encodeConsistency(log.consistencyProof(seal.size, size)),
    vkey: signer.vkey,
    witnessed: witnessedHeads(log, signer, size),
    anchor: input.anchor,
  };
}

/** The newest head that each witness cosigned, with all cosignatures that it has. */
function witnessedHeads(log: CustodyLog, signer: NoteSigner, size: number): WitnessedHead[] {
  const all = log.cosignatures();
  const newest = new Set(new Map(all.map((one) => [one.witness, one.size])).values());
  return [...newest].map((at) => {
    const lines = all.filter((one) => one.size === at).map(({ line }) => line);
    return {
      size: at,
      checkpoint: addSignatures(log.checkpoint(signer, at), lines.join('')),
      toHead: encodeConsistency(log.consistencyProof(at, size)),
    };
  });
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
  for (const { size, checkpoint, toHead } of custody.witnessed ?? []) {
    files.push(bagFile(`custody/witnessed/${size}.checkpoint`, checkpoint));
    files.push(bagFile(`custody/witnessed/${size}.consistency`, toHead));
  }
  for (const { index } of custody.events) {
    const proof = custody.proofs.get(index);
    if (proof === undefined) throw new Error(`no proof of event ${index}`);
    files.push(bagFile(`custody/proofs/${index}.tlog-proof`, proof));
  }
  return files;
}
