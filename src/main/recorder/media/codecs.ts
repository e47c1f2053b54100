import { damaged, Fields, firstBox, type InnerBox } from './boxes.ts';

/** Bytes of a VisualSampleEntry and an AudioSampleEntry before their inner boxes (ISO/IEC 14496-12 §12). */
const VISUAL_ENTRY = 78;
const AUDIO_ENTRY = 28;

/**
 * The `codecs` parameter (RFC 6381 §3.3) of a sample entry: `avc1.` and the profile, constraint and level bytes of
 * `avcC`; `mp4a.` with object type and audio object type out of `esds`. Other codecs give their four letters.
 */
export function codecsOf(entry: InnerBox): string {
  if (entry.type === 'avc1' || entry.type === 'avc3') {
    const config = firstBox(entry.body.subarray(VISUAL_ENTRY), 'avcC');
    if (config === null || config.length < 4) throw damaged('no avcC');
    return `${entry.type}.${config.toString('hex', 1, 4)}`;
  }
  if (entry.type === 'mp4a') {
    const descriptor = firstBox(entry.body.subarray(AUDIO_ENTRY), 'esds');
    if (descriptor === null) throw damaged('no esds');
    return `mp4a.${audioType(descriptor)}`;
  }
  return entry.type;
}

/** Walks ES_Descriptor → DecoderConfigDescriptor → DecoderSpecificInfo (ISO/IEC 14496-1 §7.2.6, 14496-3 §1.6). */
function audioType(esds: Buffer): string {
  const fields = new Fields(esds).skip(4);
  expectTag(fields, 0x03);
  const flags = fields.skip(2).u8();
  if ((flags & 0x80) !== 0) fields.skip(2);
  if ((flags & 0x40) !== 0) fields.skip(fields.u8());
  if ((flags & 0x20) !== 0) fields.skip(2);
  expectTag(fields, 0x04);
  const objectType = fields.u8();
  fields.skip(12);
  if (objectType !== 0x40) return objectType.toString(16);
  expectTag(fields, 0x05);
  const first = fields.u8();
  const type = first >> 3;
  return `40.${type === 31 ? 32 + (((first & 7) << 3) | (fields.u8() >> 5)) : type}`;
}

function expectTag(fields: Fields, tag: number): void {
  const found = fields.u8();
  if (found !== tag) throw damaged(`descriptor ${found} where ${tag} belongs`);
  // The length: seven bits a byte, most significant first, the high bit says that another one follows.
  while ((fields.u8() & 0x80) !== 0);
}
