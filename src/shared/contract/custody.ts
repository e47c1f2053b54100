import { z } from 'zod';
import { operation } from './access.ts';
import { Instant } from './common.ts';

export const custody = {
  list: operation({ who: ['auditor', 'administrator'], tie: { to: 'nothing' }, events: [] })
    .input(z.strictObject({ before: z.number().int().positive().nullable(), count: z.number().int().min(1).max(200) }))
    .output(
      z.strictObject({
        size: z.number().int(),
        root: z.string(),
        events: z.array(
          z.strictObject({
            index: z.number().int(),
            at: Instant,
            action: z.string(),
            actor: z.string(),
            role: z.string(),
            subject: z.strictObject({ type: z.string(), id: z.string() }),
          }),
        ),
      }),
    ),
  /** Recomputes the whole log and its tree. */
  check: operation({ who: ['auditor', 'administrator'], tie: { to: 'nothing' }, events: ['log.checked'] }).output(
    z.strictObject({ size: z.number().int(), root: z.string(), whole: z.boolean(), problem: z.string().nullable() }),
  ),
};
