/** Boxes that are read whole are small; anything larger is not what an encoder wrote here. */
const LARGEST_KEPT = 16 << 20;
/** A segment is a second or so of fragments; a file made of empty boxes must not fill the memory with their names. */
const MOST_BOXES = 4096;
const KEPT = new Set(['ftyp', 'moov', 'moof']);

/**
 * Follows the top-level boxes of a fragmented MP4 (ISO/IEC 14496-12) as its bytes pass, in bounded memory. The bytes come
 * segment by segment: `endSegment` says whether the segment was whole boxes of the right kind and when it starts.
 */
export interface MediaBoxes {
  update(bytes: Uint8Array): void;
  /** Closes one segment; `index` 0 is the initialisation section. `startMs` is null where nothing gives a time. */
  endSegment(index: number): { whole: boolean; startMs: number | null };
}

export function mediaBoxes(): MediaBoxes {
  let header = Buffer.alloc(0);
  let open: { type: string; left: number; kept: Uint8Array[] | null } | null = null;
  let types: string[] = [];
  let startMs: number | null = null;
  let broken = false;
  const timescales = new Map<number, number>();

  const close = (type: string, kept: readonly Uint8Array[] | null): void => {
    if (types.length < MOST_BOXES) types.push(type);
    else broken = true;
    if (kept === null) return;
    const body = Buffer.concat(kept);
    try {
      if (type === 'moov') for (const [track, scale] of timescalesOf(body)) timescales.set(track, scale);
      if (type === 'moof' && startMs === null) startMs = startOf(body, timescales);
    } catch {
      broken = true;
    }
  };

  const takeHeader = (bytes: Uint8Array): Uint8Array => {
    const wanted = header.length >= 8 && header.readUInt32BE(0) === 1 ? 16 : 8;
    const piece = bytes.subarray(0, wanted - header.length);
    header = Buffer.concat([header, piece]);
    if (header.length < wanted) return bytes.subarray(piece.length);
    const short = header.readUInt32BE(0);
    if (short === 1 && wanted === 8) return bytes.subarray(piece.length);
    const size = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
    const type = header.toString('latin1', 4, 8);
    const left = size - wanted;
    const keep = KEPT.has(type);
    if (left < 0 || !Number.isSafeInteger(left) || (keep && left > LARGEST_KEPT)) {
      broken = true;
      return new Uint8Array(0);
    }
    header = Buffer.alloc(0);
    open = { type, left, kept: keep ? [] : null };
    if (left === 0) {
      close(type, open.kept);
      open = null;
    }
    return bytes.subarray(piece.length);
  };

  return {
    update(bytes) {
      let rest = bytes;
      while (rest.length > 0 && !broken) {
        if (open === null) {
          rest = takeHeader(rest);
          continue;
        }
        const piece: Uint8Array = rest.subarray(0, open.left);
        open.kept?.push(Uint8Array.from(piece));
        open.left -= piece.length;
        rest = rest.subarray(piece.length);
        if (open.left === 0) {
          close(open.type, open.kept);
          open = null;
        }
      }
    },
    endSegment(index) {
      const aligned = !broken && open === null && header.length === 0;
      const result = { whole: aligned && rightKinds(index, types), startMs: index === 0 ? 0 : startMs };
      header = Buffer.alloc(0);
      open = null;
      types = [];
      startMs = null;
      broken = false;
      return result;
    },
  };
}

/** The initialisation section is `ftyp` `moov`; a segment is one or more pairs of `moof` `mdat`. */
function rightKinds(index: number, types: readonly string[]): boolean {
  if (index === 0) return types.join() === 'ftyp,moov';
  return types.length >= 2 && types.length % 2 === 0 && types.every((type, at) => type === (at % 2 ? 'mdat' : 'moof'));
}

function* boxesIn(body: Buffer): Generator<{ type: string; body: Buffer }> {
  for (let offset = 0; offset < body.length; ) {
    let size = body.readUInt32BE(offset);
    let skip = 8;
    if (size === 1) {
      size = Number(body.readBigUInt64BE(offset + 8));
      skip = 16;
    }
    if (size < skip || offset + size > body.length) throw new RangeError('box beyond its parent');
    yield { type: body.toString('latin1', offset + 4, offset + 8), body: body.subarray(offset + skip, offset + size) };
    offset += size;
  }
}

function inside(body: Buffer, ...path: string[]): Buffer | null {
  const [first, ...rest] = path;
  if (first === undefined) return body;
  for (const box of boxesIn(body)) if (box.type === first) return inside(box.body, ...rest);
  return null;
}

/** Track id → ticks a second, from each `trak`'s `tkhd` and `mdhd`. */
function timescalesOf(moov: Buffer): Map<number, number> {
  const found = new Map<number, number>();
  for (const box of boxesIn(moov)) {
    if (box.type !== 'trak') continue;
    const tkhd = inside(box.body, 'tkhd');
    const mdhd = inside(box.body, 'mdia', 'mdhd');
    if (tkhd === null || mdhd === null) continue;
    found.set(tkhd.readUInt32BE(tkhd[0] === 1 ? 20 : 12), mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12));
  }
  return found;
}

/** floor(tfdt · 1000 / timescale) of the first track fragment. */
function startOf(moof: Buffer, timescales: ReadonlyMap<number, number>): number | null {
  const traf = inside(moof, 'traf');
  const tfhd = traf === null ? null : inside(traf, 'tfhd');
  const tfdt = traf === null ? null : inside(traf, 'tfdt');
  if (tfhd === null || tfdt === null) return null;
  const scale = timescales.get(tfhd.readUInt32BE(4));
  if (scale === undefined || scale === 0) return null;
  const ticks = tfdt[0] === 1 ? tfdt.readBigUInt64BE(4) : BigInt(tfdt.readUInt32BE(4));
  return Number((ticks * 1000n) / BigInt(scale));
}
