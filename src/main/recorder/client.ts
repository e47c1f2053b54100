import type { SourcePlace } from '../../shared/domain/devices.ts';
import type { RecorderState } from '../../shared/domain/liveState.ts';
import type { RunFile } from './folder.ts';
import type { JournalEntry, RecordingResult } from './result.ts';
import { Connection } from './wire/connection.ts';
import type { BeginInput, BeginResult, LiveSegments, RecorderEvent } from './wire/protocol.ts';

/**
 * A station's hold on a room's recorder. Closing it, or dying with it open, changes nothing for the recorder. Every call
 * throws what the recorder refuses with, and RECORDER_LOST when the connection is gone.
 */
export class RecorderClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async connect(run: RunFile): Promise<RecorderClient> {
    return new RecorderClient(await Connection.open(run));
  }

  /** The recorder's process id. */
  get pid(): number {
    return this.#connection.pid;
  }

  /** Resolves when the connection is gone: by `close`, `release`, or because the recorder ended. */
  get closed(): Promise<void> {
    return this.#connection.closed;
  }

  state(): Promise<RecorderState> {
    return this.#connection.call('state', {});
  }

  /** The button: resolves when every track has its first durable bytes. See `BeginInput` and `RoomRecorder.begin`. */
  begin(input: BeginInput): Promise<BeginResult> {
    return this.#connection.call('begin', input);
  }

  /** The stop: resolves when every part is whole on its targets. */
  end(): Promise<RecordingResult> {
    return this.#connection.call('end', {});
  }

  /** The result of a recording that ended and was not acknowledged; null when there is none. */
  result(): Promise<RecordingResult | null> {
    return this.#connection.call('result', {});
  }

  /** The result has been taken over durably: the recorder forgets it and is ready again. */
  async acknowledge(): Promise<void> {
    await this.#connection.call('acknowledge', {});
  }

  /** The latest small picture of a camera as JPEG, or null. */
  async preview(place: SourcePlace): Promise<Buffer | null> {
    const { binary } = await this.#connection.callWithBytes('preview', { place });
    return binary.length > 0 ? binary : null;
  }

  /**
   * Live segments of a track: those after line `after` of `part`, or with the initialisation section first all that are
   * kept when `part` is another one than the recorder is writing (`null` at the beginning). Bytes in the same order.
   */
  async live(track: string, part: string | null, after: number): Promise<LiveSegments & { bytes: Buffer }> {
    const { output, binary } = await this.#connection.callWithBytes('live', { track, part, after });
    return { ...output, bytes: binary };
  }

  /**
   * What a source sent last, out of the recorder's memory, while the room is ready: a fragmented MP4 of at least `lastMs`
   * milliseconds (less when the source has not run as long), beginning with a key frame. Its decode times are those of
   * the source's run, so they do not begin at 0. Null when the source has sent nothing. Refused with RECORDER_WRONG_PHASE
   * while an interview is recorded.
   */
  async sample(
    track: string,
    lastMs: number,
  ): Promise<{ mediaType: string; durationMs: number; bytes: Buffer } | null> {
    const { output, binary } = await this.#connection.callWithBytes('sample', { track, lastMs });
    return output === null ? null : { mediaType: output.mediaType, durationMs: output.durationMs, bytes: binary };
  }

  /** What happened since entry `after` (−1: all of this run), for the custody log of a station that was away. */
  journal(after: number): Promise<JournalEntry[]> {
    return this.#connection.call('journal', { after });
  }

  /** Ends the ffmpegs and the process. Refused while recording. */
  async release(): Promise<void> {
    await this.#connection.call('release', {});
  }

  /** Calls `listener` for each event; returns how to stop that. */
  onEvent(listener: (event: RecorderEvent) => void): () => void {
    return this.#connection.onEvent(listener);
  }

  /** Events one after another, newest kept when they are not taken fast enough; ends with the connection or `signal`. */
  async *events(signal?: AbortSignal): AsyncGenerator<RecorderEvent, void> {
    const waiting: RecorderEvent[] = [];
    let wake: () => void = () => undefined;
    let over = false;
    const stop = this.onEvent((event) => {
      if (waiting.length >= 100) waiting.shift();
      waiting.push(event);
      wake();
    });
    const finish = (): void => {
      over = true;
      wake();
    };
    signal?.addEventListener('abort', finish, { once: true });
    void this.closed.then(finish);
    if (signal?.aborted === true) over = true;
    try {
      for (;;) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
        else if (over) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      stop();
      signal?.removeEventListener('abort', finish);
    }
  }

  /** Lets go of the recorder, which goes on. */
  close(): void {
    this.#connection.close();
  }
}
