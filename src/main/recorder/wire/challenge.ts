import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Who proves: each side's proof is bound to its direction, so that none can be sent back to its maker. */
type Side = 'recorder' | 'client';

const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);
/** Client to recorder, first of all. */
export const Hello = z.strictObject({ hello: z.literal('birret-recorder/1'), nonce: Hex32 });
/** Recorder to client: its own nonce, and the proof that it knows the secret of `run.json`. */
export const Challenge = z.strictObject({ nonce: Hex32, proof: Hex32 });
/** Client to recorder. */
export const Answer = z.strictObject({ proof: Hex32 });
/** Recorder to client: let in. */
export const Welcome = z.strictObject({ welcome: z.string(), pid: z.number().int() });

/** 32 random bytes as hex: a nonce, or the secret of one start. */
export const newSecret = (): string => randomBytes(32).toString('hex');

/** HMAC-SHA-256 under the secret of this start, over direction and both nonces; lower-case hex. */
export function proofOf(secret: string, side: Side, clientNonce: string, recorderNonce: string): string {
  const text = `birret-recorder/1 ${side}\n${clientNonce}\n${recorderNonce}\n`;
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
}

export function proofHolds(proof: string, expected: string): boolean {
  const [a, b] = [Buffer.from(proof, 'hex'), Buffer.from(expected, 'hex')];
  return a.length === b.length && timingSafeEqual(a, b);
}
