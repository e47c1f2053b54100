import { z } from 'zod';
import { ExhibitNumber, Id, Instant } from '../evidence/record.ts';

export { ExhibitNumber, Id, Instant };

/** Languages of screens and documents. */
export const Language = z.enum(['kk', 'ru', 'en']);
export type Language = z.infer<typeof Language>;

/** A name, title or number that a person types: trimmed, not empty, no control characters. */
export const Line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u001f\u007f]*$/);

/** Free text of a person. */
export const Text = z.string().trim().max(4000);

/** A folder or file of this machine that a person chose. */
export const LocalPath = z.string().min(1).max(1024);

export const Done = z.strictObject({ done: z.literal(true) });
export const done: z.infer<typeof Done> = { done: true };

/** Long work answers with a job; `jobs.watch` tells its progress and result. */
export const JobStarted = z.strictObject({ job: Id });
