/** A preview of 480 pixels has some ten KiB; what is larger than this is not one. */
const LARGEST_JPEG = 2 * 1024 * 1024;
const HEADER_END = Buffer.from('\r\n\r\n');

/** Reads ffmpeg's `mpjpeg`: pictures with a `Content-length` each. What cannot be read is skipped up to the next header. */
export class JpegReader {
  #held: Buffer = Buffer.alloc(0);

  /** Takes the next bytes; returns the pictures that they complete. */
  push(chunk: Buffer): Buffer[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const pictures: Buffer[] = [];
    for (;;) {
      const end = this.#held.indexOf(HEADER_END);
      if (end < 0) {
        if (this.#held.length > LARGEST_JPEG) this.#held = Buffer.alloc(0);
        return pictures;
      }
      const length = Number(/content-length:\s*(\d+)/i.exec(this.#held.toString('latin1', 0, end))?.[1] ?? Number.NaN);
      const start = end + HEADER_END.length;
      if (!Number.isFinite(length) || length > LARGEST_JPEG) {
        this.#held = this.#held.subarray(start);
        continue;
      }
      if (this.#held.length < start + length) return pictures;
      // A copy, so that the picture that is kept does not hold a larger buffer.
      pictures.push(Buffer.from(this.#held.subarray(start, start + length)));
      this.#held = this.#held.subarray(start + length);
    }
  }
}
