import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BagPart } from '../../src/main/archive/bag/index.ts';
import {
  type CustodyLog,
  joinHeads,
  type LogKey,
  MerkleTree,
  newLogKey,
  openLog,
  signCheckpoint,
} from '../../src/main/custody/index.ts';
import { migrate, migrations, openDatabase } from '../../src/main/database/index.ts';
import { buildRecord, type RecordInput, readCertificate, signDetached } from '../../src/main/sealing/index.ts';
import { newIdentity, openAgeFile, openPart } from '../../src/main/vault/index.ts';
import type { RecordPart } from '../../src/shared/evidence/record.ts';
import { audioOf, type Media, videoOf } from './fragmentedMedia.ts';
import { attachmentOf, type SampleFile } from './sampleAdditions.ts';
import { newStationKeys } from './stationKeys.ts';

export const SAMPLE_EXHIBIT = 'st1-2026-000001';
export const SAMPLE_COURT = 'Алматы қаласының кәмелетке толмағандардың істері жөніндегі соты';
/** When the sample's interview began, unless a test needs another time. */
const STARTED = new Date('2026-11-21T10:14:00.000Z');
const ACTOR = { id: 'inv-01', role: 'investigator' };
const SUBJECT = { type: 'exhibit', id: SAMPLE_EXHIBIT } as const;

/** Keys that a sample takes instead of new ones. */
export interface GivenKeys {
  readonly keys?: Awaited<ReturnType<typeof newStationKeys>>;
  readonly logKey?: LogKey;
  readonly recorder?: LogKey;
}

export type SampleExhibit = Awaited<ReturnType<typeof sampleExhibit>>;

/** What one recorded part leaves behind: what the record says of it, its files, and its age file on the disk. */
interface SamplePart {
  readonly part: RecordPart;
  readonly bag: BagPart;
  readonly stored: { readonly target: string; readonly file: string; readonly bytes: number; readonly sha256: string };
}

/**
 * A small sealed exhibit made with the real things: ffmpeg media (two tracks, 3 s), age files in a vault folder, a custody
 * log in a database in memory with events of others between, an authority with station and officer, record and
 * signatures. `folder` is the caller's temporary one; `media` may be other than that. Close `db` afterwards.
 */
export async function sampleExhibit(
  folder: string,
  started = STARTED,
  media: { readonly room: Media; readonly mic: Media } = { room: videoOf(3), mic: audioOf(3) },
  given: GivenKeys = {},
  attachments: readonly SampleFile[] = [],
) {
  const after = (ms: number) => new Date(started.getTime() + ms);
  const clock = tickingClock(after(-60_000));
  const db = openDatabase(':memory:');
  migrate(db, migrations, { backupTo: null, now: started });
  const logKey = given.logKey ?? newLogKey('birret/st1');
  const log = openLog({ db, origin: 'birret/st1', clock });
  const keys = given.keys ?? (await newStationKeys(after(-20 * 86_400_000)));
  const recorder = given.recorder ?? newLogKey(SAMPLE_EXHIBIT);
  const { identity, recipient } = await newIdentity();
  const station = { id: 'st1', role: 'station' };

  log.append({ action: 'station.started', actor: station, details: {}, subject: { type: 'station', id: 'st1' } });
  log.append({ action: 'interview.planned', actor: ACTOR, details: { room: 'r1' }, subject: SUBJECT });
  const details = { recorder_vkey: recorder.vkey, sources: ['room', 'mic'] };
  log.append({ action: 'recording.started', actor: ACTOR, details, subject: SUBJECT });
  const vault = { folder: join(folder, 'vault'), identity, recipient };
  await mkdir(vault.folder, { recursive: true });
  const room = await recorded('room', media.room, vault, recorder, started);
  const mic = await recorded('mic', media.mic, vault, recorder, started);
  log.append({ action: 'station.checked', actor: station, details: {}, subject: { type: 'station', id: 'st1' } });
  log.append({ action: 'recording.ended', actor: ACTOR, details: {}, subject: SUBJECT });
  for (const { file, mediaType, content } of attachments) {
    const digest = { bytes: content.length, sha256: sha256(content) };
    const about = { file, media_type: mediaType, ...digest, targets: 1 };
    log.append({ action: 'attachment.kept', actor: ACTOR, details: about, subject: SUBJECT });
  }

  const { bytes: record } = buildRecord({
    ...recordOf({ room, mic, keys, vkey: logKey.vkey, after }),
    attachments: attachments.map(attachmentOf),
  });
  const signingTime = after(4_000);
  const signed = [
    ['signatures/record.json.station.p7s', signDetached({ content: record, ...keys.station, signingTime })],
    ['signatures/record.json.inv-01.p7s', signDetached({ content: record, ...keys.officer, signingTime })],
  ] as const;
  log.append({
    action: 'exhibit.sealed',
    actor: ACTOR,
    details: {
      record_sha256: sha256(record),
      p7s: signed.map(([file, p7s]) => ({ file, sha256: sha256(p7s) })),
      stored: [room.stored, mic.stored],
    },
    subject: SUBJECT,
  });
  const sealCheckpoint = log.checkpoint(logKey.signer);
  log.append({ action: 'station.checked', actor: station, details: {}, subject: { type: 'station', id: 'st1' } });
  const parts = [room.bag, mic.bag];
  return {
    db,
    log,
    logKey,
    keys,
    record,
    signed,
    sealCheckpoint,
    parts,
    recorder,
    vault,
    clock,
    subject: SUBJECT,
    actor: ACTOR,
  };
}

/** A clock that goes on by 10 ms whenever it is looked at. */
function tickingClock(from: Date) {
  let at = from.getTime();
  return {
    now: () => {
      at += 10;
      return new Date(at);
    },
    monotonicNs: () => BigInt(at) * 1_000_000n,
  };
}

async function recorded(
  id: string,
  media: Media,
  vault: { folder: string; identity: string; recipient: string },
  recorder: ReturnType<typeof newLogKey>,
  started: Date,
): Promise<SamplePart> {
  const writer = await openPart({ targets: [vault.folder], file: `${id}.mp4`, recipient: vault.recipient });
  const tree = new MerkleTree();
  const heads: string[] = [];
  const sign = () => {
    const head = { origin: `${SAMPLE_EXHIBIT}/${id}`, size: tree.size, root: tree.root() };
    heads.push(signCheckpoint(head, recorder.signer));
  };
  for (const [i, line] of media.lines.entries()) {
    await writer.write(media.bytes.subarray(line.offset, line.offset + line.length));
    tree.append(media.leaves[i] ?? Buffer.alloc(0));
    if (i === 1) sign();
  }
  sign();
  const finished = await writer.finish();
  const [stored] = finished.stored;
  if (stored === undefined) throw new Error('nothing stored');
  const part: RecordPart = {
    file: `tracks/${id}.mp4`,
    bytes: finished.bytes,
    sha256: finished.sha256,
    lines: media.lines.length,
    merkle_root: tree.root().toString('hex'),
    started_at: started.toISOString(),
    offset_ms: 0,
    duration_ms: media.durationMs,
    end: 'stopped',
  };
  const bag: BagPart = {
    file: part.file,
    open: () => plainOf(join(vault.folder, `${id}.mp4.age`), vault.identity),
    segments: Buffer.concat(media.leaves.flatMap((leaf) => [leaf, Buffer.from('\n')])),
    heads: Buffer.from(joinHeads(heads)),
  };
  return { part, bag, stored: { ...stored, target: 'a' } };
}

async function* plainOf(path: string, identity: string): AsyncGenerator<Uint8Array> {
  const reader = await openAgeFile(path, identity);
  try {
    yield* reader.stream();
  } finally {
    await reader.close();
  }
}

function recordOf(made: {
  room: SamplePart;
  mic: SamplePart;
  keys: Awaited<ReturnType<typeof newStationKeys>>;
  vkey: string;
  after: (ms: number) => Date;
}): RecordInput {
  const { after } = made;
  const encoder = { command: 'ffmpeg -f lavfi …', version: '5.1' };
  const source = (label: string) => ({ label, device_kind: 'lavfi', simulated: true });
  const signer = (file: string, role: 'station' | 'officer', code: string, certPem: string) => {
    return { file, role, code, cert_sha256: readCertificate(certPem).sha256 };
  };
  return {
    exhibit: SAMPLE_EXHIBIT,
    case: { number: '26-751/3 <&>', court: SAMPLE_COURT, jurisdiction: { id: 'kz', version: '1' } },
    interview: {
      id: 'i-1',
      kind: 'deposition',
      language: 'kk',
      room: 'Room 1',
      station: 'st1',
      planned_at: after(-86_400_000).toISOString(),
      started_at: after(0).toISOString(),
      ended_at: after(3_000).toISOString(),
      sealed_at: after(3_500).toISOString(),
    },
    child: { code: 'C-1', age_years: 9, role: 'witness', identity_commitment: 'ab'.repeat(32) },
    roster: [
      {
        code: 'inv-01',
        role: 'investigator',
        place: 'interview',
        entered_ms: 0,
        left_ms: null,
        identity_commitment: null,
      },
    ],
    tracks: [
      {
        id: 'room',
        kind: 'video',
        source: source('Room view'),
        media_type: 'video/mp4',
        codecs: null,
        encoder,
        parts: [made.room.part],
        gaps: [],
      },
      {
        id: 'mic',
        kind: 'audio',
        source: source('Microphone'),
        media_type: 'audio/mp4',
        codecs: 'mp4a.40.2',
        encoder,
        parts: [made.mic.part],
        gaps: [],
      },
    ],
    timeline: [{ at_ms: 500, type: 'marker', label: 'Белгі', by: 'inv-01' }],
    clock: { source: 'unknown', offset_ms: null, checked_at: null },
    targets: { written: 1, confirmed_single_by: 'inv-01' },
    recovered: null,
    anchor: null,
    signers: [
      signer('signatures/record.json.station.p7s', 'station', 'st1', made.keys.station.certPem),
      signer('signatures/record.json.inv-01.p7s', 'officer', 'inv-01', made.keys.officer.certPem),
    ],
    log: { origin: 'birret/st1', vkey: made.vkey },
    software: { name: 'Bir Ret', version: '0.1.0', commit: null },
    previous: [],
    attachments: [],
  };
}

/** The log as the sample's owner sees it; for tests that add events of their own. */
export type SampleLog = CustodyLog;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
