import { z } from 'zod';
import { Instant, Sha256Hex, Whole } from './record.ts';

/** What an event is about. Everything about an exhibit, its interview, tracks and copies has the exhibit as subject. */
export const SubjectType = z.enum(['exhibit', 'station', 'account', 'case', 'room', 'hearing', 'log']);

/** One event of the custody log (EVIDENCE-FORMAT §4). Its JCS bytes are the leaf input. Never a name of a person. */
export const CustodyEvent = z.strictObject({
  action: z.string().regex(/^[a-z]+(?:\.[a-z-]+)+$/),
  actor: z.strictObject({ id: z.string(), role: z.string() }),
  at: Instant,
  details: z.record(z.string(), z.json()),
  log: z.string(),
  prev: Sha256Hex.nullable(),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  subject: z.strictObject({
    id: z.string(),
    seq: Whole.nonnegative(),
    prev: Sha256Hex.nullable(),
    type: SubjectType,
  }),
  v: z.literal(1),
});
export type CustodyEvent = z.infer<typeof CustodyEvent>;
export type SubjectType = z.infer<typeof SubjectType>;
