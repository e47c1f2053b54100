import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../shared/errors.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import { writeFileDurably } from '../platform/files.ts';
import type { RecordingResult } from '../recorder/index.ts';
import { buildRecord, readCertificate, signDetached } from '../sealing/index.ts';
import type { ExhibitRow, ExhibitRows } from './exhibitRows.ts';
import type { Actor, RecordingNeeds, Signer } from './needs.ts';
import { recordClock } from './recordClock.ts';

/** What a seal needs besides the station's own keys. */
export interface SealRequest {
  readonly row: ExhibitRow;
  readonly result: RecordingResult;
  readonly officer: Signer;
  readonly actor: Actor;
  /** Monotonic nanoseconds of the stop, to tell how long the seal took; null for a later seal. */
  readonly stoppedNs: bigint | null;
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/**
 * Seals an exhibit (EVIDENCE-FORMAT §2–4): builds `record.json`, signs it with the station's and the officer's
 * certificate, writes both to every target that holds the whole recording, and appends `exhibit.sealed` with the
 * digests of record, signatures and stored files; then signs the log's new head. The work does not grow with the
 * recording's length: every digest was made while it was written. Until the event stands, nothing counts as sealed, and
 * the whole can be done again.
 *
 * @throws Refusal ALREADY_SEALED, STATION_KEYS_LOCKED, CERTIFICATE_REFUSED, TARGET_UNUSABLE, RECORDING_NOTHING_KEPT
 */
export async function sealExhibit(needs: RecordingNeeds, rows: ExhibitRows, request: SealRequest): Promise<void> {
  for (;;) {
    try {
      return await sealOnce(needs, rows, request);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}

/** A file was kept or removed while the record that names them was being signed. */
class Overtaken extends Error {}

async function sealOnce(needs: RecordingNeeds, rows: ExhibitRows, request: SealRequest): Promise<void> {
  const { row, result, officer } = request;
  if (row.state === 'sealed') throw new Refusal('ALREADY_SEALED', { exhibit: row.number });
  const interview = row.interview ?? '';
  if (result.tracks.every(({ track }) => track.parts.length === 0)) throw new Refusal('RECORDING_NOTHING_KEPT');

  const station = needs.stationKeys.signer();
  const logSigner = needs.stationKeys.logSigner();
  const now = needs.clock.now();
  const anchor = needs.timestamps.anchorBefore(result.startedAt);
  const { bytes, record } = buildRecord({
    ...recordInput(needs, row, result, [station, officer], interview, now),
    anchor:
      anchor === null
        ? null
        : { checkpoint_sha256: sha256(anchor.checkpoint), tsr_sha256: sha256(anchor.tsr), time: anchor.time },
  });
  const signatures = [
    { file: signatureFile('station'), signer: station },
    { file: signatureFile(officer.code), signer: officer },
  ].map(({ file, signer }) => ({
    file,
    bytes: signDetached({ content: bytes, certPem: signer.certPem, privateKey: signer.privateKey, signingTime: now }),
  }));

  const files: [string, Uint8Array | string][] = [
    ['record.json', bytes],
    ...signatures.map((one): [string, Uint8Array] => [one.file, one.bytes]),
    ...certificateFiles([station, officer]),
  ];
  if (anchor !== null) files.push(['custody/anchor.checkpoint', anchor.checkpoint], ['custody/anchor.tsr', anchor.tsr]);
  const folders = result.targets.filter((target) => target.ok).map((target) => target.path);
  await writeAll(folders, files);

  const attached = needs.attachments.storedFiles(row.number, row.folders).map((one) => ({ ...one }));
  const { event, checkpoint } = needs.db.transaction(() => {
    if (!isDeepStrictEqual(needs.attachments.forRecord(row.number), record.attachments)) throw new Overtaken();
    const appended = needs.custody.append({
      action: 'exhibit.sealed',
      actor: request.actor,
      subject: { type: 'exhibit', id: row.number },
      details: {
        record_sha256: sha256(bytes),
        p7s: signatures.map((one) => ({ file: one.file, sha256: sha256(one.bytes) })),
        // By the exhibit's folders as the station counts them: the recorder may have been given fewer.
        stored: [
          ...result.stored.map((one) => ({
            ...one,
            target: row.folders.indexOf(result.targets[one.target]?.path ?? ''),
          })),
          ...attached,
        ],
      },
    });
    needs.custody.append({
      action: 'timestamp.deferred',
      actor: request.actor,
      subject: { type: 'exhibit', id: row.number },
      details: { reason: needs.timestamps.whyDeferred() },
    });
    for (const one of signatures) {
      const digest = sha256(one.bytes);
      needs.timestamps.add({ kind: 'signature', exhibit: row.number, file: one.file, sha256: digest, note: null });
    }
    const sealMs =
      request.stoppedNs === null ? null : Number((needs.clock.monotonicNs() - request.stoppedNs) / 1_000_000n);
    rows.sealed(row.number, {
      record: bytes,
      recordSha256: sha256(bytes),
      sealedAt: now.toISOString(),
      index: appended.index,
      size: needs.custody.size(),
      sealMs,
    });
    needs.interviews.act(interview, 'seal');
    // The head right after the seal stands or falls with it: without one the exhibit could not be handed over.
    const head = needs.custody.checkpoint(logSigner);
    needs.custody.keepHead(head, null);
    rows.checkpointed(row.number, head);
    const stamped = { file: SEAL_CHECKPOINT, sha256: sha256(head), note: head };
    needs.timestamps.add({ kind: 'seal', exhibit: row.number, ...stamped });
    return { event: appended, checkpoint: head };
  })();

  await writeAll(folders, [[SEAL_CHECKPOINT, checkpoint]]);
  needs.timestamps.nudge();
  needs.log.info({ exhibit: row.number, index: event.index }, 'sealed');
}

const SEAL_CHECKPOINT = 'custody/seal.checkpoint';
const signatureFile = (code: string) => `signatures/record.json.${code}.p7s`;

/** The chains beside the signatures, and the station's root: carried for convenience, trusted by nobody for that. */
export function certificateFiles(signers: readonly Signer[]): [string, string][] {
  const files = new Map<string, string>();
  for (const signer of signers) {
    for (const pem of signer.chainPem) {
      const name = readCertificate(pem).sha256.slice(0, 16);
      files.set(`signatures/chain/${name}.pem`, pem);
    }
    // An officer's certificate may come from elsewhere: its root is none of the station's.
    const root = signer.code === 'station' ? signer.chainPem.at(-1) : undefined;
    if (root !== undefined)
      files.set(`signatures/roots/station/${readCertificate(root).sha256.slice(0, 16)}.pem`, root);
  }
  return [...files];
}

/** Writes the files into every folder; one folder may fail as long as another holds. */
async function writeAll(folders: readonly string[], files: readonly [string, Uint8Array | string][]): Promise<void> {
  const outcomes = await Promise.allSettled(
    folders.map(async (folder) => {
      await mkdir(join(folder, 'signatures/chain'), { recursive: true });
      await Promise.all(files.map(([name, content]) => writeFileDurably(join(folder, name), content)));
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined && !outcomes.some((outcome) => outcome.status === 'fulfilled')) {
    throw new Refusal('TARGET_UNUSABLE', { target: folders[0] ?? '', reason: 'seal' }, { cause: failed.reason });
  }
}

/** On how many disks the copies stand, where the recorder could tell: two folders on one disk are not two disks. */
function disksOf({ disks }: RecordingResult, written: 1 | 2): Pick<EvidenceRecord['targets'], 'disks'> {
  if (disks === null) return {};
  return { disks: Math.min(disks, written) >= 2 ? 2 : 1 };
}

function recordInput(
  needs: RecordingNeeds,
  row: ExhibitRow,
  result: RecordingResult,
  [station, officer]: readonly [Signer, Signer],
  interview: string,
  now: Date,
): Omit<EvidenceRecord, 'format' | 'anchor'> {
  const facts = needs.interviews.forRecord(interview);
  const timeline = needs.interviews.timeline(interview);
  const written = result.targets.filter((target) => target.ok).length >= 2 ? 2 : 1;
  return {
    exhibit: row.number,
    case: facts.case,
    interview: {
      ...facts.interview,
      started_at: result.startedAt,
      ended_at: result.endedAt,
      sealed_at: now.toISOString(),
    },
    child: facts.child,
    roster: facts.roster.map((stay) => ({ ...stay, left_ms: stay.left_ms ?? result.durationMs })),
    tracks: result.tracks.map(({ track }) => track),
    timeline,
    clock: recordClock(needs, row.number),
    targets: { written, ...disksOf(result, written), confirmed_single_by: row.singleTargetBy },
    recovered:
      result.end === 'crashed'
        ? { reason: row.secureReason ?? 'crashed', at: now.toISOString(), lost: result.lost }
        : null,
    signers: [
      {
        file: signatureFile('station'),
        role: 'station',
        code: 'station',
        cert_sha256: readCertificate(station.certPem).sha256,
      },
      {
        file: signatureFile(officer.code),
        role: 'officer',
        code: officer.code,
        cert_sha256: readCertificate(officer.certPem).sha256,
      },
    ],
    log: { origin: needs.custody.origin, vkey: needs.stationKeys.logSigner().vkey },
    software: needs.software,
    previous: facts.previous,
    attachments: needs.attachments.forRecord(row.number),
  };
}
