import Hls, { type ErrorData, Events } from 'hls.js';
import type { z } from 'zod';
import type { PlaybackTrack } from '../../../shared/contract/hearings.ts';

export type Track = z.infer<typeof PlaybackTrack>;

/** A segment that the station did not give: its sentence's code, and where on the track's playlist it lies, in ms. */
export interface Refused {
  readonly track: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Null where it is not one segment that is missing but the track itself. */
  readonly segment: { readonly fromMs: number; readonly untilMs: number } | null;
}

/** One track in its element, fed by hls.js: each segment is one request, answered whole after it was verified. */
export class TrackMedia {
  readonly track: Track;
  readonly element: HTMLMediaElement;
  readonly #hls: Hls;
  readonly #refused: (refused: Refused) => void;

  constructor(track: Track, element: HTMLMediaElement, refused: (refused: Refused) => void) {
    this.track = track;
    this.element = element;
    this.#refused = refused;
    this.#hls = new Hls({
      // A little ahead: enough for a busy machine, little enough that what is damaged is met where it lies.
      maxBufferLength: 12,
      maxMaxBufferLength: 24,
      backBufferLength: 30,
      startPosition: 0,
      // The tracks' gaps stand in their parts; hls.js shall not jump over what it does not have by itself.
      maxBufferHole: 0.3,
      enableWorker: false,
      xhrSetup: (xhr) => {
        xhr.withCredentials = false;
      },
    });
  }

  start(): void {
    this.#hls.on(Events.ERROR, (_, data) => this.#failed(data));
    this.#hls.loadSource(this.track.playlist);
    this.#hls.attachMedia(this.element);
  }

  /** Goes on loading at `playlistMs`, after a refusal. */
  resume(playlistMs: number): void {
    this.#hls.startLoad(playlistMs / 1000);
  }

  stop(): void {
    this.#hls.destroy();
    this.element.removeAttribute('src');
    this.element.load();
  }

  #failed(data: ErrorData): void {
    const reason = reasonOf(data.networkDetails);
    // A refusal of the station's is its last word: asking again or passing over it by itself would both be wrong.
    const said = data.type === Hls.ErrorTypes.NETWORK_ERROR && reason.code !== unreachable.code;
    if (!data.fatal && !said) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR) {
      this.#hls.recoverMediaError();
      return;
    }
    this.#hls.stopLoad();
    const { frag } = data;
    const segment =
      frag === undefined || frag.sn === 'initSegment'
        ? null
        : { fromMs: frag.start * 1000, untilMs: (frag.start + frag.duration) * 1000 };
    this.#refused({ track: this.track.id, ...reason, segment });
  }
}

/** The station's reason in the body of its refusal; without one, it was not reached. */
function reasonOf(details: unknown): Pick<Refused, 'code' | 'params'> {
  try {
    if (!(details instanceof XMLHttpRequest)) return unreachable;
    const { response } = details;
    const text = response instanceof ArrayBuffer ? new TextDecoder().decode(response) : String(response);
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string') {
      return unreachable;
    }
    const params = 'params' in body && typeof body.params === 'object' && body.params !== null ? body.params : {};
    const plain = Object.entries(params).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
    );
    return { code: body.code, params: Object.fromEntries(plain) };
  } catch {
    // No body, or not one of the station's: it was not the station that answered.
    return unreachable;
  }
}

const unreachable = { code: 'UNREACHABLE', params: {} } as const;
