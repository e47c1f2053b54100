import { z } from 'zod';
import { operation } from './access.ts';
import { ExhibitNumber, Instant } from './common.ts';

/** A time-stamping authority (RFC 3161) as the administrator names it; the list is asked in its order. */
export const TimestampAuthority = z.strictObject({
  /** `http://` or `https://`, without user name and password. */
  address: z.string().trim().min(1).max(500),
  /** Dotted policy that its tokens must be made under; null takes the authority's own. */
  policy: z
    .string()
    .regex(/^[0-2](\.(?:0|[1-9][0-9]{0,39})){1,30}$/)
    .nullable(),
  /** PEM of the root that its certificate must lead to; null keeps tokens without that check. Never the station's own. */
  rootPem: z.string().max(32_768).nullable(),
});
export type TimestampAuthority = z.infer<typeof TimestampAuthority>;

/** Why an authority gave no token: a code of the closed list and what its sentence needs. */
export const TimestampProblem = z.strictObject({
  authority: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type TimestampProblem = z.infer<typeof TimestampProblem>;

/** One thing that is to be time-stamped, or has been. */
export const TimestampItem = z.strictObject({
  id: z.number().int(),
  /** A signature of an exhibit, the head of the log right after its seal, or the head of the day. */
  kind: z.enum(['signature', 'seal', 'head']),
  exhibit: ExhibitNumber.nullable(),
  file: z.string(),
  askedAt: Instant,
  attempts: z.number().int(),
  triedAt: Instant.nullable(),
  /** When it is tried again; null once it is stamped. */
  nextAt: Instant.nullable(),
  /** What each authority answered at the last attempt; empty before the first, and once it is stamped. */
  problems: z.array(TimestampProblem),
  /** What the token says, in whole seconds; null while it waits. */
  time: Instant.nullable(),
  authority: z.string().nullable(),
});
export type TimestampItem = z.infer<typeof TimestampItem>;

export const TimestampQueue = z.strictObject({
  authorities: z.number().int(),
  waiting: z.array(TimestampItem),
  /** The newest token that was obtained. */
  newest: TimestampItem.nullable(),
  running: z.boolean(),
});
export type TimestampQueue = z.infer<typeof TimestampQueue>;

/** What came of asking an authority for one token over random bytes. */
export const TimestampTest = z.strictObject({
  time: Instant,
  policy: z.string(),
  signer: z.string(),
  accuracyMs: z.number().int().nullable(),
  /** Whether the signer leads to the given root; null where none was given. */
  trusted: z.boolean().nullable(),
});
export type TimestampTest = z.infer<typeof TimestampTest>;

const administrator = { who: ['administrator'], tie: { to: 'nothing' } } as const;
const watching = { who: ['clerk', 'administrator'], tie: { to: 'nothing' }, events: [] } as const;

export const timestamps = {
  /** What waits for a time-stamp, since when, and why. */
  queue: operation(watching).output(TimestampQueue),
  /** Tries everything that waits at once; answers when it has begun. */
  tryNow: operation(watching).output(TimestampQueue),
  /** The time-stamps over one exhibit of this station: its signatures and its seal. */
  ofExhibit: operation({
    who: ['investigator', 'clerk', 'judge'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned', 'offered', 'handed-over', 'admitted'] },
    events: [],
  })
    .input(z.strictObject({ exhibit: ExhibitNumber }))
    .output(z.array(TimestampItem)),
  authorities: operation({ ...administrator, events: [] }).output(z.array(TimestampAuthority)),
  setAuthorities: operation({ ...administrator, events: ['station.timestamps-changed'] })
    .input(z.strictObject({ authorities: z.array(TimestampAuthority).max(5) }))
    .output(z.array(TimestampAuthority)),
  /** Gets one token over random bytes and checks it in full; changes nothing. */
  test: operation({ ...administrator, events: [] })
    .input(TimestampAuthority)
    .output(TimestampTest),
};
