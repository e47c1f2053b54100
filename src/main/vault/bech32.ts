/** BIP 173 Bech32 as age uses it: no limit of length. */
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM_LENGTH = 6;

/**
 * The bytes of a Bech32 text whose human-readable part, in lower case, is `prefix`. `undefined` if it is anything else:
 * another prefix, mixed case, a wrong checksum, padding that is not zero.
 */
export function decodeBech32(text: string, prefix: string): Buffer | undefined {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return undefined;
  const lower = text.toLowerCase();
  if (!lower.startsWith(`${prefix}1`)) return undefined;
  const words: number[] = [];
  for (const letter of lower.slice(prefix.length + 1)) {
    const word = ALPHABET.indexOf(letter);
    if (word < 0) return undefined;
    words.push(word);
  }
  if (words.length < CHECKSUM_LENGTH || polymod([...expand(prefix), ...words]) !== 1) return undefined;
  return toBytes(words.slice(0, -CHECKSUM_LENGTH));
}

function expand(prefix: string): number[] {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(words: readonly number[]): number {
  let sum = 1;
  for (const word of words) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ word;
    GENERATOR.forEach((term, bit) => {
      if ((top >>> bit) & 1) sum ^= term;
    });
  }
  return sum >>> 0;
}

/** Five-bit words to bytes; what is left over must be fewer than five bits, all zero. */
function toBytes(words: readonly number[]): Buffer | undefined {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const word of words) {
    held = ((held << 5) | word) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  if (bits >= 5 || (held & ((1 << bits) - 1)) !== 0) return undefined;
  return Buffer.from(bytes);
}
