import { durationMs, type RingPiece } from './media/fragmentRing.ts';
import type { SampleFacts } from './wire/protocol.ts';

/** A piece of a ring as a file that plays: its facts, and its bytes beside; nothing for no piece. */
export function sampleOf(piece: RingPiece | null): { output: SampleFacts | null; binary: Buffer } {
  if (piece === null) return { output: null, binary: Buffer.alloc(0) };
  const { init } = piece.run;
  const output = {
    mediaType: `${init.kind}/mp4; codecs="${init.codecs}"`,
    durationMs: durationMs(piece),
    fragments: piece.fragments.length,
    initLength: init.bytes.length,
  };
  return { output, binary: Buffer.concat([init.bytes, ...piece.fragments.map(({ bytes }) => bytes)]) };
}
