import { setTimeout as delay } from 'node:timers/promises';
import type { Room } from '../../shared/contract/rooms.ts';
import type { SourceConfig } from '../../shared/domain/devices.ts';
import type { SourceLive } from '../../shared/domain/liveState.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { attachRecorder, type FfmpegChoice, type RecorderClient, startRecorder } from '../recorder/index.ts';
import type { SelfTestNeeds } from './needs.ts';
import type { Sample } from './playBack.ts';

/** What one source of the room gave: null where it sent nothing in time. */
export interface ProbedSource {
  readonly config: SourceConfig;
  readonly live: SourceLive | null;
  readonly sample: Sample | null;
}

export interface ProbeOptions {
  readonly room: Room;
  readonly opened: Awaited<ReturnType<SelfTestNeeds['rooms']['sourcesFor']>>;
  readonly ffmpeg: FfmpegChoice;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly progress: (done: number) => void;
}

const SAMPLE_MS = 5000;
/** Segments begin with key frames, a second apart or two: a sample is whole when it comes this near. */
const NEARLY_MS = 4500;
/** A network camera may need twelve seconds to be opened; what was lost by then is not waited for any longer. */
const PATIENCE_MS = 30_000;
/** What is still starting, or sends and has not sent five seconds yet, is on a slow machine. */
const LONGEST_MS = 75_000;
const LOOK_MS = 400;
/** What all sources together mostly take, for the progress. */
const USUAL_MS = 9000;
const ATTEMPTS = 3;

/**
 * Runs the room's sources without an interview and takes five seconds of each out of the recorder's memory. The recorder
 * is let go of afterwards, unless it ran before. An interview that is prepared meanwhile has precedence: its station side
 * ends this recorder, and the test ends with SELF_TEST_INTERRUPTED.
 * @throws Refusal SELF_TEST_WHILE_READY, SELF_TEST_WHILE_RECORDING, SELF_TEST_INTERRUPTED, RECORDER_START_FAILED,
 *   RECORDER_ATTACH_REFUSED
 */
export async function probeRoom(needs: SelfTestNeeds, options: ProbeOptions): Promise<ProbedSource[]> {
  const { room, signal } = options;
  for (let left = ATTEMPTS; ; left -= 1) {
    signal.throwIfAborted();
    try {
      return await probeOnce(needs, options);
    } catch (error) {
      signal.throwIfAborted();
      const leaving = ['RECORDER_LOST', 'RECORDER_WRONG_PHASE', 'RECORDER_ATTACH_REFUSED'] as const;
      if (!leaving.some((code) => isRefusal(error, code))) throw error;
      if (left === 1 || needs.interviewIn(room.id) !== null) {
        throw isRefusal(error, 'RECORDER_ATTACH_REFUSED') ? error : interrupted(room, error);
      }
      // A recorder that was just released takes calls for a moment more: the next one is our own.
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function probeOnce(needs: SelfTestNeeds, options: ProbeOptions): Promise<ProbedSource[]> {
  const held = await hold(needs, options);
  try {
    return await samplesOf(needs, held.client, options);
  } catch (error) {
    // Ours does not leave by itself: an interview was given precedence, or it died.
    if (held.own && isRefusal(error, 'RECORDER_LOST')) throw interrupted(options.room, error);
    throw error;
  } finally {
    await letGo(held);
  }
}

const interrupted = (room: Room, cause: unknown) =>
  new Refusal('SELF_TEST_INTERRUPTED', { room: room.name }, { cause });

interface Held {
  readonly client: RecorderClient;
  /** It was started for this test. */
  readonly own: boolean;
}

async function hold(needs: SelfTestNeeds, { room, opened, ffmpeg }: ProbeOptions): Promise<Held> {
  const folder = needs.recorderFolder(room.id);
  const living = await attachRecorder(folder);
  if (living !== null) {
    const { phase, sources } = await living.state();
    const same = sources.length === opened.sources.length && sources.every(({ id }, i) => id === opened.sources[i]?.id);
    if (phase === 'ready' && same) return { client: living, own: false };
    living.close();
    throw new Refusal(phase === 'recording' ? 'SELF_TEST_WHILE_RECORDING' : 'SELF_TEST_WHILE_READY', {
      room: room.name,
    });
  }
  const settings = { ...opened.settings, preRecord: false };
  const { sources, secrets } = opened;
  const client = await startRecorder({ folder, room: room.id, sources, settings, ffmpeg, secrets });
  await needs.settleEarlier(client);
  return { client, own: true };
}

async function letGo({ client, own }: Held): Promise<void> {
  try {
    if (own) {
      await client.release();
      await client.closed;
    }
  } catch (error) {
    // Gone already, or somebody's recording by now: then it is not ours to end.
    if (!isRefusal(error, 'RECORDER_LOST') && !isRefusal(error, 'RECORDER_WRONG_PHASE')) throw error;
  } finally {
    client.close();
  }
}

async function samplesOf(needs: SelfTestNeeds, client: RecorderClient, options: ProbeOptions): Promise<ProbedSource[]> {
  const { opened, signal, progress } = options;
  const since = needs.clock.monotonicNs();
  const running = new Map<string, bigint>();
  const samples = new Map<string, Sample>();
  for (;;) {
    const state = await client.state();
    const now = needs.clock.monotonicNs();
    const waited = Number((now - since) / 1_000_000n);
    const coming = state.sources.some(
      ({ id, state: is }) => !samples.has(id) && (is === 'starting' || is === 'running'),
    );
    const late = waited > (coming ? LONGEST_MS : PATIENCE_MS);
    for (const { id } of opened.sources) {
      if (samples.has(id)) continue;
      const live = state.sources.find((one) => one.id === id);
      if (live?.state !== 'running') running.delete(id);
      else if (!running.has(id)) running.set(id, now);
      const began = running.get(id);
      if (!late && (began === undefined || now - began < BigInt(SAMPLE_MS) * 1_000_000n)) continue;
      const sample = await client.sample(id, SAMPLE_MS);
      if (sample !== null && (late || sample.durationMs >= NEARLY_MS)) samples.set(id, sample);
    }
    progress(Math.min(1, Math.max(waited / USUAL_MS, samples.size / opened.sources.length)));
    if (late || samples.size === opened.sources.length) {
      return opened.sources.map((config) => ({
        config,
        live: state.sources.find(({ id }) => id === config.id) ?? null,
        sample: samples.get(config.id) ?? null,
      }));
    }
    await delay(LOOK_MS, undefined, { signal });
  }
}
