import { Agent, request } from 'node:https';

export interface Read {
  /** Milliseconds from the last picture of a segment to when it was in hand, by the recording's clock. */
  readonly late: readonly number[];
  readonly segments: number;
  readonly bytes: number;
  /** Numbers of the playlist that were gone before they were fetched. */
  readonly missed: number;
  readonly refused: number;
}

interface Got {
  readonly status: number;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Place {
  readonly port: number;
  readonly ca: string;
}

/** A paired screen without a picture: it fetches every segment of every track, once, as soon as it is listed. */
export class SegmentReader {
  readonly #place: Place;
  readonly #agent: Agent;
  readonly #cookie: string;
  readonly #late: { at: number; ms: number }[] = [];
  #segments = 0;
  #bytes = 0;
  #missed = 0;
  #refused = 0;
  #running = false;
  #tracks: Promise<void>[] = [];

  constructor(place: Place, cookie: string) {
    this.#place = place;
    this.#cookie = cookie;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 6, ca: place.ca });
  }

  static async paired({ code, ...place }: Place & { readonly code: string }): Promise<SegmentReader> {
    const agent = new Agent({ ca: place.ca });
    const headers = { 'x-birret': '1', 'content-type': 'application/json' };
    const body = JSON.stringify({ code, label: null });
    const answer = await ask(place, agent, { path: '/pair', method: 'POST', headers, body });
    agent.destroy();
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    if (answer.status !== 200) throw new Error(`not paired: ${answer.body.toString()}`);
    return new SegmentReader(place, cookie);
  }

  start(interview: string, tracks: readonly string[]): void {
    this.#running = true;
    this.#tracks = tracks.map((track) => this.#follow(`/media/live/${interview}/${track}`));
  }

  async stop(from: number): Promise<Read> {
    this.#running = false;
    await Promise.all(this.#tracks);
    this.#agent.destroy();
    const late = this.#late.filter(({ at }) => at >= from).map(({ ms }) => ms);
    return { late, segments: this.#segments, bytes: this.#bytes, missed: this.#missed, refused: this.#refused };
  }

  async #follow(base: string): Promise<void> {
    let last = -1;
    while (this.#running) {
      const list = await this.#get(`${base}/index.m3u8${last < 0 ? '' : `?have=${last}`}`);
      if (list.status !== 200) {
        this.#refused += list.status === 404 ? 0 : 1;
        await new Promise((resolve) => setTimeout(resolve, 200));
        continue;
      }
      const rows = segmentsOf(list.body.toString());
      const fresh: Listed[] = last < 0 ? rows.slice(-1) : newer(rows, last);
      const [first] = fresh;
      if (last >= 0 && first !== undefined) this.#missed += first.number - last - 1;
      for (const { number, uri, endMs } of fresh) {
        last = number;
        const asked = Date.now();
        const got = await this.#get(`${base}/${uri}`);
        if (got.status !== 200) {
          this.#refused += 1;
          continue;
        }
        this.#segments += 1;
        this.#bytes += got.body.length;
        const at = Date.now();
        this.#late.push({ at, ms: Number(list.headers['x-birret-now']) + (at - asked) - endMs });
      }
    }
  }

  #get(path: string): Promise<Got> {
    return ask(this.#place, this.#agent, { path, method: 'GET', headers: { cookie: this.#cookie } });
  }
}

interface Listed {
  readonly number: number;
  readonly uri: string;
  readonly endMs: number;
}

const newer = (rows: readonly Listed[], than: number) => rows.filter(({ number }) => number > than);

function segmentsOf(playlist: string): Listed[] {
  const lines = playlist.trim().split('\n');
  let number = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1] ?? 0);
  let startMs = 0;
  let lengthMs = 0;
  const found: Listed[] = [];
  for (const text of lines) {
    if (text.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) startMs = Date.parse(text.slice(25));
    else if (text.startsWith('#EXTINF:')) lengthMs = Number.parseFloat(text.slice(8)) * 1000;
    else if (!text.startsWith('#') && text !== '') {
      found.push({ number, uri: text, endMs: startMs + lengthMs });
      number += 1;
    }
  }
  return found;
}

function ask(
  { port }: Place,
  agent: Agent,
  init: { path: string; method: string; headers: Record<string, string>; body?: string },
): Promise<Got> {
  const { body, ...options } = init;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, agent, ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
