import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOverSink } from '../../src/main/archive/index.ts';
import { type CopiesNeeds, CopiesService } from '../../src/main/copies/index.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { findClockFont } from '../../src/main/rooms/index.ts';
import type { Hand } from '../../src/main/sealing/index.ts';
import type { Exhibit } from '../../src/shared/contract/exhibits.ts';
import { EvidenceRecord, type RecordPart } from '../../src/shared/evidence/record.ts';
import type { Media } from './fragmentedMedia.ts';
import { SAMPLE_EXHIBIT, sampleExhibit } from './sampleExhibit.ts';

/** A master's part: its media, and where decode time 0 of it stands on the interview's clock. */
export interface MasterPart {
  readonly media: Media;
  readonly offsetMs: number;
}

export interface Master {
  readonly id: string;
  readonly kind: 'video' | 'audio';
  readonly parts: readonly MasterPart[];
}

/**
 * The copies of one exhibit whose masters are made up: real ffmpeg, vault files, signatures, log and database; only the
 * reading of masters out of the vault is left out. `more` replaces what the service is given.
 */
export async function copyStation(masters: readonly Master[], durationMs: number, more: Partial<CopiesNeeds> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'birret-copy-'));
  const sample = await sampleExhibit(folder);
  const { db, clock, log: custody, vault, keys } = sample;
  const folders = ['a', 'b'].map((name) => join(folder, name));
  for (const one of folders) await mkdir(one);
  db.prepare("INSERT INTO cases (id, number, court, opened_at) VALUES ('c1', 'C-1', 'Court', 'now')").run();
  db.prepare(
    "INSERT INTO exhibits (number, case_id, origin, state, archive) VALUES (?, 'c1', 'here', 'sealed', 'accepted')",
  ).run(SAMPLE_EXHIBIT);
  const before = EvidenceRecord.parse(JSON.parse(Buffer.from(sample.record).toString('utf8')));
  const started = Date.parse(before.interview.started_at);
  const sha256 = 'ab'.repeat(32);
  const [some] = before.tracks;
  if (some === undefined) throw new Error('the sample has no track');
  const statement: EvidenceRecord = {
    ...before,
    interview: { ...before.interview, ended_at: new Date(started + durationMs).toISOString(), language: 'kk' },
    tracks: masters.map(({ id, kind, parts }) => ({
      ...some,
      id,
      kind,
      parts: parts.map(({ media, offsetMs }, index) => partOf(id, index, media, started, offsetMs, sha256)),
    })),
  };
  const recordSha256 = createHash('sha256').update(sample.record).digest('hex');
  const partsOf = (track: string) => {
    const found = statement.tracks.find(({ id }) => id === track)?.parts ?? [];
    const media = masters.find(({ id }) => id === track)?.parts ?? [];
    return found.map((part, index) => ({ part, lines: media[index]?.media.lines ?? [] }));
  };
  const log = newLog('test', 'silent');
  const needs: CopiesNeeds = {
    db,
    clock,
    log,
    custody,
    software: { name: 'bir-ret', version: '0' },
    ffmpeg: async () => ({ path: 'ffmpeg', version: 'ffmpeg', videoEncoder: 'libx264' }),
    font: findClockFont,
    stored: (number) => ({
      number,
      record: sample.record,
      recordSha256,
      statement,
      keyAge: new Uint8Array(),
      folders,
      allFolders: folders,
    }),
    exhibit: (number) => exhibitOf(number, durationMs),
    openKey: async () => vault.identity,
    signaturesValid: async () => true,
    openMasters: async () => ({
      parts: partsOf,
      segment: async (track, part, line) => {
        const media = masters.find(({ id }) => id === track)?.parts[part - 1]?.media;
        const wanted = media?.lines[line];
        if (media === undefined || wanted === undefined) throw new Error(`no segment ${line} of ${track}`);
        return media.bytes.subarray(wanted.offset, wanted.offset + wanted.length);
      },
      close: async () => undefined,
    }),
    sink: handOverSink,
    nameOf: (code) => code,
    ...more,
  };
  const maker: Hand = {
    code: 'inv-01',
    role: 'investigator',
    certPem: keys.officer.certPem,
    chainPem: [],
    privateKey: keys.officer.privateKey,
  };
  const service = new CopiesService(needs);
  return {
    folder,
    folders,
    service,
    needs,
    maker,
    exhibit: SAMPLE_EXHIBIT,
    db,
    /** Makes a copy and waits; `signal` cancels. */
    make: (signal = new AbortController().signal, progress: (done: number) => void = () => undefined) =>
      service.make({ exhibit: SAMPLE_EXHIBIT, recipient: null }, maker, 'vault', { signal, progress }),
    /** The exhibit's events of copies. */
    events: () =>
      custody
        .eventsOf({ type: 'exhibit', id: SAMPLE_EXHIBIT })
        .map(({ event }) => event)
        .filter(({ action }) => action.startsWith('copy.')),
    end: async () => {
      await service.stop();
      db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function partOf(
  id: string,
  index: number,
  media: Media,
  started: number,
  offsetMs: number,
  sha256: string,
): RecordPart {
  return {
    file: `tracks/${id}${index === 0 ? '' : `.${index + 1}`}.mp4`,
    bytes: media.bytes.length,
    sha256,
    lines: media.lines.length,
    merkle_root: sha256,
    started_at: new Date(started + offsetMs).toISOString(),
    offset_ms: offsetMs,
    duration_ms: media.durationMs,
    end: 'stopped',
  };
}

function exhibitOf(number: string, durationMs: number): Exhibit {
  return {
    number,
    caseId: 'c1',
    caseNumber: 'C-1',
    court: 'Court',
    childCode: 'child-1',
    kind: 'deposition',
    language: 'kk',
    state: 'sealed',
    origin: 'here',
    startedAt: null,
    sealedAt: null,
    durationMs,
    simulated: true,
    recovered: false,
    archive: 'accepted',
    copies: null,
    receipt: null,
  };
}
