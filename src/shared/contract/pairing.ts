import { z } from 'zod';
import { ScreenKind } from '../domain/roles.ts';
import { operation } from './access.ts';
import { Done, Id, Instant } from './common.ts';

/** Screens that belong to an interview; the courtroom's belongs to a hearing. */
export const InterviewScreenKind = ScreenKind.exclude(['desk', 'courtroom']);
export type InterviewScreenKind = z.infer<typeof InterviewScreenKind>;

/** A certificate's SHA-256: whole in hex, and its beginning in four groups (`3F2A 91C0 …`) as people compare it. */
export const Fingerprint = z.strictObject({ sha256: z.string(), short: z.string() });
export type Fingerprint = z.infer<typeof Fingerprint>;

/** What another screen needs to be let in, once, within five minutes. */
export const PairingOffer = z.strictObject({
  /** Eight characters in two groups, for typing. */
  code: z.string(),
  until: Instant,
  /** `https://host:port/pair`, the best one first; empty while the station does not answer on the network. */
  addresses: z.array(z.string()),
  /** Why there are none, or what the administrator has to know. */
  network: z.enum(['open', 'off', 'waits-for-keys', 'trouble']),
  fingerprint: Fingerprint.nullable(),
});
export type PairingOffer = z.infer<typeof PairingOffer>;

/** A screen that was paired by a code. */
export const PairedScreenView = z.strictObject({
  id: Id,
  kind: ScreenKind,
  /** What the person at that screen called it. */
  label: z.string().nullable(),
  since: Instant,
  /** When it last asked for anything; null where it has not since the station started. */
  lastSeen: Instant.nullable(),
  here: z.boolean(),
  /** It came over the court's network, not from this machine. */
  network: z.boolean(),
});
export type PairedScreenView = z.infer<typeof PairedScreenView>;

const interviewTie = { to: 'interview', by: 'interview', through: ['assigned'] } as const;
const hearingTie = { to: 'hearing', by: 'hearing', through: ['presiding'] } as const;
const InterviewId = z.strictObject({ interview: Id });
const HearingId = z.strictObject({ hearing: Id });
const desk = ['investigator', 'operator'] as const;
const judge = ['judge'] as const;

export const pairing = {
  /** A code for one more screen of this interview. For observers it is an admission, as in `observers.admit`. */
  offer: operation({ who: desk, tie: interviewTie, events: ['observers.admitted', 'screen.offered'] })
    .input(z.strictObject({ interview: Id, kind: InterviewScreenKind }))
    .output(PairingOffer),
  /** The paired screens of this interview, of every kind. */
  screens: operation({ who: desk, tie: interviewTie, events: [], whileLocked: true, byItself: true })
    .input(InterviewId)
    .output(z.array(PairedScreenView)),
  /** Ends one of them. */
  end: operation({ who: desk, tie: interviewTie, events: ['screen.ended'] })
    .input(z.strictObject({ interview: Id, screen: Id }))
    .output(Done),
  /** A code for the courtroom's own screen. */
  offerCourtroom: operation({ who: judge, tie: hearingTie, events: ['screen.offered'] })
    .input(HearingId)
    .output(PairingOffer),
  courtroomScreens: operation({ who: judge, tie: hearingTie, events: [], byItself: true })
    .input(HearingId)
    .output(z.array(PairedScreenView)),
  endCourtroom: operation({ who: judge, tie: hearingTie, events: ['screen.ended'] })
    .input(z.strictObject({ hearing: Id, screen: Id }))
    .output(Done),
};
