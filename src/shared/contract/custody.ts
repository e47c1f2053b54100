import { z } from 'zod';
import { operation } from './access.ts';
import { Instant, Line } from './common.ts';

/** What is carried between stations: a signed head, with its proof or its cosignature. Small enough for a QR code. */
const Carried = z.string().min(1).max(20_000);
const VerifierKey = z.string().trim().min(1).max(500);
const Entries = z.number().int().nonnegative();

/** A key that the station goes by, and the newest head that it stands for. */
export const WitnessKey = z.strictObject({
  vkey: z.string(),
  /** `witness`: cosigns our heads. `log`: another station's, whose heads are cosigned here. */
  kind: z.enum(['log', 'witness']),
  /** The name in the key: a log's origin, or the witness's own. */
  keyName: z.string(),
  /** What people here call it. */
  name: z.string(),
  addedAt: Instant,
  /** The newest of our heads that it cosigned, or of its heads that were cosigned here. */
  newest: z.strictObject({ size: Entries, at: Instant }).nullable(),
});
export type WitnessKey = z.infer<typeof WitnessKey>;

export const Witnesses = z.strictObject({
  origin: z.string(),
  size: Entries,
  /** The key of this station's log, for others to take in. */
  logKey: z.string(),
  /** The key with which it cosigns the heads of others; null until somebody has opened the station's keys. */
  witnessKey: z.string().nullable(),
  keys: z.array(WitnessKey),
  /** The logs that this one goes on from, oldest first, and the newest head of each that each witness cosigned. */
  closed: z.array(
    z.strictObject({
      origin: z.string(),
      size: Entries,
      cosigned: z.array(z.strictObject({ name: z.string(), size: Entries, at: Instant })),
    }),
  ),
  /** Heads that cannot both be of one log that only grows. `known` null: this station's own log is what contradicts. */
  contradictions: z.array(
    z.strictObject({
      origin: z.string(),
      at: Instant,
      reason: z.enum(['smaller', 'fork']),
      known: z.string().nullable(),
      brought: z.string(),
    }),
  ),
});
export type Witnesses = z.infer<typeof Witnesses>;

const carriers = { who: ['clerk', 'auditor', 'administrator'], tie: { to: 'nothing' } } as const;

export const custody = {
  list: operation({ who: ['auditor', 'administrator'], tie: { to: 'nothing' }, events: [] })
    .input(
      z.strictObject({
        before: z.number().int().positive().nullable(),
        count: z.number().int().min(1).max(200),
        /** One of the logs that the station's goes on from; without it the station's own. */
        log: z.string().max(200).optional(),
      }),
    )
    .output(
      z.strictObject({
        origin: z.string(),
        /** The log that this one goes on from. */
        earlier: z.string().nullable(),
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
  /** Recomputes the whole log and its tree, and those that it goes on from where the station was restored from a backup. */
  check: operation({ who: ['auditor', 'administrator'], tie: { to: 'nothing' }, events: ['log.checked'] }).output(
    z.strictObject({
      origin: z.string(),
      size: z.number().int(),
      root: z.string(),
      whole: z.boolean(),
      problem: z.string().nullable(),
      /** Oldest first. */
      earlier: z.array(z.strictObject({ origin: z.string(), size: z.number().int() })),
    }),
  ),
  /** Whose keys the station goes by, how far each has seen, and what contradicts. */
  witnesses: operation({ ...carriers, events: [] }).output(Witnesses),
  /** Takes in a key of another log or of a witness: which of them stands in the key. */
  trust: operation({ who: ['administrator'], tie: { to: 'nothing' }, events: ['witness.trusted'] })
    .input(z.strictObject({ name: Line, vkey: VerifierKey }))
    .output(Witnesses),
  distrust: operation({ who: ['administrator'], tie: { to: 'nothing' }, events: ['witness.dropped'] })
    .input(z.strictObject({ vkey: VerifierKey }))
    .output(Witnesses),
  /**
   * This log's head, to be carried to a witness (its key, or null for nobody in particular), with the proof from the head
   * of `old` entries; null takes the one that it cosigned last. With `log`, the last head of a log that this one goes on
   * from.
   */
  checkpoint: operation({ ...carriers, events: ['checkpoint.given'] })
    .input(
      z.strictObject({
        witness: VerifierKey.nullable(),
        old: Entries.nullable(),
        log: z.string().max(200).optional(),
      }),
    )
    .output(z.strictObject({ text: z.string(), size: Entries, old: Entries })),
  /** Cosigns another log's head that was brought, if a proof leads to it from the last one seen. */
  witness: operation({ ...carriers, events: ['checkpoint.witnessed'] })
    .input(z.strictObject({ text: Carried }))
    .output(z.strictObject({ text: z.string(), origin: z.string(), size: Entries, before: Entries })),
  /** Takes in a head of this log, or of one that it goes on from, that came back cosigned. */
  cosigned: operation({ ...carriers, events: ['checkpoint.cosigned'] })
    .input(z.strictObject({ text: Carried }))
    .output(z.strictObject({ size: Entries, by: z.array(z.strictObject({ name: z.string(), at: Instant })) })),
};
