import { bodyOf, damaged, Fields, firstBox, innerBoxes, onlyBox } from './boxes.ts';
import { codecsOf } from './codecs.ts';

/** The initialisation section (`ftyp` + `moov`) of a part with one track, and what its fragments need to be read. */
export interface InitSection {
  readonly bytes: Buffer;
  readonly kind: 'video' | 'audio';
  /** Units of media time a second. */
  readonly timescale: number;
  /** RFC 6381, as `avc1.64001f` or `mp4a.40.2`. */
  readonly codecs: string;
  readonly defaults: SampleDefaults;
}

/** What a sample is where its fragment does not say (`trex`). */
export interface SampleDefaults {
  readonly duration: number;
  readonly flags: number;
}

/**
 * Reads `ftyp` + `moov` (ISO/IEC 14496-12 §8). Exactly one track is accepted: one stream a file is what players read
 * reliably. Refuses with SOURCE_STREAM_DAMAGED.
 */
export function readInitSection(ftyp: Buffer, moov: Buffer): InitSection {
  const movie = bodyOf(moov);
  const media = onlyBox(onlyBox(movie, 'trak'), 'mdia');
  const trex = new Fields(onlyBox(onlyBox(movie, 'mvex'), 'trex')).skip(4 + 4 + 4);
  const duration = trex.u32();
  const flags = trex.skip(4).u32();
  const handler = new Fields(onlyBox(media, 'hdlr')).skip(8).text(4);
  if (handler !== 'vide' && handler !== 'soun') throw damaged(`track of handler ${handler}`);
  const entries = onlyBox(onlyBox(onlyBox(media, 'minf'), 'stbl'), 'stsd');
  const [entry] = innerBoxes(new Fields(entries).skip(8).rest);
  if (entry === undefined) throw damaged('no sample description');
  return {
    bytes: Buffer.concat([ftyp, moov]),
    kind: handler === 'vide' ? 'video' : 'audio',
    timescale: timescaleOf(media),
    codecs: codecsOf(entry),
    defaults: { duration, flags },
  };
}

function timescaleOf(media: Buffer): number {
  const header = firstBox(media, 'mdhd');
  if (header === null) throw damaged('no mdhd');
  const fields = new Fields(header);
  const version = fields.u8();
  const timescale = fields.skip(3 + (version === 1 ? 16 : 8)).u32();
  if (timescale === 0) throw damaged('timescale 0');
  return timescale;
}
