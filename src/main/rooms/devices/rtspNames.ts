import { type Headers, headerOf } from './rtspMessages.ts';

/**
 * Names that stand for a camera's addresses towards ffmpeg: `<local>` for the camera's own address, `<local>.1`, … for
 * other bases that its answers give. So nothing of the camera's address, which may hold a password in its path or query,
 * is ever in ffmpeg's arguments or messages.
 */
export class RtspNames {
  readonly #pairs: { readonly local: string; readonly camera: string }[];
  readonly #local: string;

  constructor(local: string, camera: string) {
    this.#local = local;
    this.#pairs = [{ local, camera }];
  }

  /** The camera's address for what ffmpeg asks for: a name, or a name and what ffmpeg put behind it. */
  toCamera(uri: string): string | null {
    if (uri === '*') return uri;
    // The longest name first: `<local>.1` begins as `<local>` does.
    const pairs = this.#pairs.toSorted((a, b) => b.local.length - a.local.length);
    const pair = pairs.find(({ local }) => uri.startsWith(local));
    return pair === undefined ? null : pair.camera + uri.slice(pair.local.length);
  }

  /** The name for an absolute address that the camera gave. */
  toLocal(address: string): string {
    const known = this.#pairs.find(({ camera }) => address === camera || address.startsWith(`${camera}/`));
    if (known !== undefined) return known.local + address.slice(known.camera.length);
    const slash = address.endsWith('/');
    const camera = slash ? address.slice(0, -1) : address;
    const local = `${this.#local}.${this.#pairs.length}`;
    this.#pairs.push({ local, camera });
    return slash ? `${local}/` : local;
  }

  /** An answer's headers with names instead of addresses. */
  headers(headers: Headers): Headers {
    return headers.map(([name, value]) => {
      const key = name.toLowerCase();
      if (key === 'content-base' || key === 'content-location') return [name, this.#text(value)];
      if (key === 'rtp-info') return [name, value.replaceAll(/rtsp:\/\/[^\s;,]+/gi, (url) => this.toLocal(url))];
      return [name, value];
    });
  }

  /** A session description's `a=control:` lines with names (RFC 2326 appendix C.1.1); other bodies as they are. */
  body(headers: Headers, body: Buffer): Buffer {
    if (!/^application\/sdp\b/i.test(headerOf(headers, 'content-type') ?? '')) return body;
    const lines = body.toString('latin1').replaceAll(/^a=control:(rtsp:\/\/\S+)/gim, (_, url: string) => {
      return `a=control:${this.toLocal(url)}`;
    });
    return Buffer.from(lines, 'latin1');
  }

  #text(value: string): string {
    return /^rtsp:\/\//i.test(value) ? this.toLocal(value) : value;
  }
}
