const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What a sound is by its first bytes: WAV (RIFF), MP3 (ID3, or an MPEG layer III frame), Ogg; null for anything else. */
export function soundType(bytes: Uint8Array): 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | null {
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WAVE') return 'audio/wav';
  if (ascii(bytes, 0, 4) === 'OggS') return 'audio/ogg';
  const [first = 0, second = 0] = bytes;
  // ISO/IEC 11172-3 §2.4.1.3: eleven bits of ones, an MPEG version that is in use, layer III.
  const frame = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  return ascii(bytes, 0, 3) === 'ID3' || frame ? 'audio/mpeg' : null;
}
