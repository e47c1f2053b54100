import type { Room } from '../../shared/contract/rooms.ts';
import type { RoomCheck, TestStill } from '../../shared/contract/selfTest.ts';
import type { BaseLines, SourceConfig } from '../../shared/domain/devices.ts';
import {
  type RoomTest,
  type SourceBaseline,
  type SourceTest,
  type TestFinding,
  worst,
} from '../../shared/domain/selfTest.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import type { FfmpegChoice } from '../recorder/index.ts';
import { judge } from './judge.ts';
import { judgeStation } from './judgeStation.ts';
import type { Actor, SelfTestNeeds } from './needs.ts';
import { type PlayedBack, playPicture, playSound } from './playBack.ts';
import { type ProbedSource, probeRoom } from './roomProbe.ts';
import { type KeptBaseline, type KeptTest, SelfTestRows } from './selfTestRows.ts';
import { StillShelf } from './stillShelf.ts';

/** A room's standing, with the code of the account that ran the newest test instead of a name. */
export type CheckByCode = Omit<RoomCheck, 'newest'> & { readonly newest: KeptTest | null };

export interface TestControl {
  readonly signal: AbortSignal;
  progress(done: number): void;
}

const HISTORY = 30;
/** The share of the work that is waiting for the sources; the rest is playing back. */
const PROBING = 0.7;
const nothing: PlayedBack = { picture: null, sound: null, still: null, problems: 0 };

/** The morning self-test: runs it, keeps its figures, and holds later ones to the base line that a person has set. */
export class SelfTestService {
  readonly #needs: SelfTestNeeds;
  readonly #rows: SelfTestRows;
  readonly #stills: StillShelf;
  readonly #running = new Set<string>();

  constructor(needs: SelfTestNeeds) {
    this.#needs = needs;
    this.#rows = new SelfTestRows(needs.db);
    this.#stills = new StillShelf();
  }

  /**
   * Gets a test of `room` ready; what it answers does the work, as a job. The room is not touched while an interview is
   * prepared or recorded in it.
   * @throws Refusal ROOM_UNKNOWN, ROOM_INCOMPLETE, STATION_KEYS_LOCKED, SELF_TEST_WHILE_READY,
   *   SELF_TEST_WHILE_RECORDING, SELF_TEST_RUNNING; the work also what `probeRoom` throws
   */
  async prepare(roomId: string, by: Actor): Promise<(control: TestControl) => Promise<{ test: string }>> {
    const room = this.#room(roomId);
    this.#refuseIfBusy(room);
    const opened = await this.#needs.rooms.sourcesFor(roomId);
    return async (control) => {
      this.#refuseIfBusy(room);
      this.#running.add(roomId);
      try {
        return await this.#run(room, opened, by, control);
      } finally {
        this.#running.delete(roomId);
      }
    };
  }

  /** How each room stands. */
  last(): CheckByCode[] {
    return this.#needs.rooms.list().map(({ id }) => this.#check(id));
  }

  /** The newest tests of a room, newest first. */
  history(room: string): KeptTest[] {
    return this.#rows.newest(room, HISTORY);
  }

  /** The pictures of a test, once, for the person who ran it; none otherwise. */
  stills(test: string, by: Actor): TestStill[] {
    return this.#stills.take(test, by.id);
  }

  /**
   * Makes a test the room's base line. Only the newest one, of the devices that stand there now, and not one in which a
   * source gave nothing that could be usual.
   * @throws Refusal SELF_TEST_UNKNOWN, SELF_TEST_OUTDATED, BASELINE_UNSUITABLE {source}
   */
  setBaseline(id: string, by: Actor): CheckByCode {
    const { db, clock, log } = this.#needs;
    const test = this.#rows.get(id)?.test;
    if (test === undefined) throw new Refusal('SELF_TEST_UNKNOWN');
    const room = this.#room(test.room);
    const devices = new Map(room.sources.map((source) => [source.id, deviceKey(source)]));
    const same =
      test.sources.length === devices.size && test.sources.every((one) => devices.get(one.source) === one.device);
    if (!same || this.#rows.newest(test.room, 1)[0]?.test.id !== id) throw new Refusal('SELF_TEST_OUTDATED');
    const unfit = test.sources.find((one) => !isUsable(one));
    if (unfit !== undefined) throw new Refusal('BASELINE_UNSUITABLE', { source: unfit.label });
    const sources = test.sources.map(({ source, device, picture, sound }) => ({ source, device, picture, sound }));
    db.transaction(() => {
      this.#rows.setBaseline(test.room, id, { setAt: clock.now().toISOString(), sources });
      log().append({
        action: 'room.baseline-set',
        actor: by,
        details: { test: id, sources: sources.map(({ source }) => source) },
        subject: { type: 'room', id: test.room },
      });
    }).immediate();
    return this.#check(test.room);
  }

  /**
   * What the microphones of a room hear when nobody speaks, as its base line says (RMS in dBFS of the quietest moment): by
   * it the recorder tells a microphone that hears nothing. Without those that are another device now, or have none.
   */
  baseLines(room: string, sources: readonly SourceConfig[]): BaseLines {
    const baseline = this.#rows.baseline(room);
    const lines = sources.flatMap((config) => {
      const sound = usualOf(baseline, config)?.sound ?? null;
      return sound === null ? [] : [[config.id, { noiseDb: sound.floor }] as const];
    });
    return Object.fromEntries(lines);
  }

  async #run(
    room: Room,
    opened: Awaited<ReturnType<SelfTestNeeds['rooms']['sourcesFor']>>,
    by: Actor,
    { signal, progress }: TestControl,
  ): Promise<{ test: string }> {
    const ffmpeg = await this.#needs.ffmpeg().catch((error: unknown) => {
      if (isRefusal(error, 'FFMPEG_MISSING') || isRefusal(error, 'FFMPEG_UNSUITABLE')) return null;
      throw error;
    });
    const baseline = this.#rows.baseline(room.id);
    const probed: ProbedSource[] =
      ffmpeg === null
        ? opened.sources.map((config) => ({ config, live: null, sample: null }))
        : await probeRoom(this.#needs, {
            ...{ room, opened, ffmpeg, signal },
            progress: (done) => progress(done * PROBING),
          });
    const sources: SourceTest[] = [];
    const stills: TestStill[] = [];
    for (const [i, one] of probed.entries()) {
      const played = await playBack(one, ffmpeg, signal);
      sources.push(sourceTest(one, played, baseline));
      if (played.still !== null) {
        stills.push({ source: one.config.id, jpeg: Buffer.from(played.still).toString('base64') });
      }
      progress(PROBING + ((i + 1) / probed.length) * (1 - PROBING));
    }
    const station = await this.#station(ffmpeg, probed);
    signal.throwIfAborted();
    const test: RoomTest = {
      id: newId(),
      room: room.id,
      at: this.#needs.clock.now().toISOString(),
      light: worst([...sources, ...station].map(({ light }) => light)),
      simulated: room.simulated,
      sources,
      station,
    };
    this.#keep(test, by);
    this.#stills.put(test.id, by.id, stills);
    return { test: test.id };
  }

  async #station(ffmpeg: FfmpegChoice | null, probed: readonly ProbedSource[]): Promise<TestFinding[]> {
    const disks = await this.#needs.disks();
    const rates = probed.map(({ sample }) => (sample === null ? 0 : (sample.bytes.length * 1000) / sample.durationMs));
    const all = rates.reduce((sum, rate) => sum + rate, 0);
    const clock = await this.#needs.clockFact();
    const missing: TestFinding[] = ffmpeg === null ? [{ code: 'no-ffmpeg', light: 'red', params: {} }] : [];
    return [...missing, ...judgeStation({ disks, clock, bytesPerSecond: all === 0 ? null : all })];
  }

  #keep(test: RoomTest, by: Actor): void {
    const { db, log } = this.#needs;
    db.transaction(() => {
      this.#rows.add({ test, byCode: by.id });
      log().append({
        action: 'room.tested',
        actor: by,
        details: {
          test: test.id,
          light: test.light,
          simulated: test.simulated,
          sources: test.sources.map(({ source, place, light, simulated, findings }) => ({
            ...{ source, place, light, simulated },
            findings: findings.map(({ code }) => code),
          })),
          station: test.station.map(({ code }) => code),
        },
        subject: { type: 'room', id: test.room },
      });
    }).immediate();
  }

  #check(room: string): CheckByCode {
    const [newest] = this.#rows.newest(room, 1);
    const today = newest !== undefined && sameDay(new Date(newest.test.at), this.#needs.clock.now());
    return { room, newest: newest ?? null, today, baselineAt: this.#rows.baseline(room)?.setAt ?? null };
  }

  #room(id: string): Room {
    const room = this.#needs.rooms.list().find((one) => one.id === id);
    if (room === undefined) throw new Refusal('ROOM_UNKNOWN');
    return room;
  }

  #refuseIfBusy({ id, name }: Room): void {
    const interview = this.#needs.interviewIn(id);
    if (interview === 'recording') throw new Refusal('SELF_TEST_WHILE_RECORDING', { room: name });
    if (interview === 'ready') throw new Refusal('SELF_TEST_WHILE_READY', { room: name });
    if (this.#running.has(id)) throw new Refusal('SELF_TEST_RUNNING', { room: name });
  }
}

async function playBack(
  { config, sample }: ProbedSource,
  ffmpeg: FfmpegChoice | null,
  signal: AbortSignal,
): Promise<PlayedBack> {
  if (sample === null || ffmpeg === null) return nothing;
  return await (config.kind === 'video' ? playPicture : playSound)(ffmpeg.path, sample, signal);
}

function sourceTest(
  { config, live, sample }: ProbedSource,
  played: PlayedBack,
  baseline: KeptBaseline | null,
): SourceTest {
  const { id, place, kind, device } = config;
  const usual = usualOf(baseline, config);
  const { picture, sound, problems } = played;
  const facts = { kind, durationMs: sample?.durationMs ?? 0, problems, picture, sound, live: live?.findings ?? [] };
  const { light, findings } = judge(facts, usual);
  return {
    ...{ source: id, place, label: device.label, device: deviceKey(config), simulated: device.simulated },
    ...{ light, compared: usual !== null, findings: [...findings], picture, sound },
  };
}

const deviceKey = ({ device }: SourceConfig): string => `${device.backend}|${device.address}`;

/** What the room's base line says of this source, if it is still the same device. */
const usualOf = (baseline: KeptBaseline | null, config: SourceConfig): SourceBaseline | null =>
  baseline?.sources.find((one) => one.source === config.id && one.device === deviceKey(config)) ?? null;

/** What a source gave can be what is usual: something came, whole, and it is neither black, still nor silent. */
function isUsable({ findings, picture, sound }: SourceTest): boolean {
  const comparisons = new Set(['quieter']);
  const hard = findings.some(({ light, code }) => light === 'red' && !comparisons.has(code));
  return !hard && (picture !== null || sound !== null);
}

/** By the station's own calendar: the day of the people who work there. */
function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}
