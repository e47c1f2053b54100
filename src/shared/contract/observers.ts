import { z } from 'zod';
import { SourcePlace } from '../domain/devices.ts';
import { RuleId, Words } from '../domain/jurisdiction.ts';
import { operation } from './access.ts';
import { Participant } from './cases.ts';
import { Done, Id } from './common.ts';
import { ChildWish } from './conducting.ts';

/**
 * What an observers' screen shows: the pictures and microphones of an interview while it is recorded, by place; how long it
 * runs, in which phase it is, who is there by capacity. No case, no name.
 */
export const ObserverView = z.strictObject({
  state: z.enum(['before', 'recording', 'over']),
  tracks: z.array(
    z.strictObject({
      id: Id,
      place: SourcePlace,
      kind: z.enum(['video', 'audio']),
      simulated: z.boolean(),
      /** False while the source sends nothing. */
      sends: z.boolean(),
    }),
  ),
  /** Milliseconds since the recording began; null before and after. */
  elapsedMs: z.number().int().nullable(),
  phase: z.string().nullable(),
  phases: z.array(z.strictObject({ id: RuleId, name: Words })),
  /** A break is on; the recording goes on in it. */
  pause: z.boolean(),
  /** What the child said by the tablet, newest; null before anything was. */
  wish: ChildWish.nullable(),
  /** The planned people who are there now. */
  present: z.array(Participant),
});
export type ObserverView = z.infer<typeof ObserverView>;

const tie = { to: 'interview', by: 'interview', through: ['assigned'] } as const;
const InterviewId = z.strictObject({ interview: Id });
/** Who stands for what happens in both rooms: the officer, and the operator at the desk. */
const desk = ['investigator', 'operator'] as const;

export const observers = {
  /** Admits one more screen to this interview: a path with a single-use code, for the second window or another browser. */
  admit: operation({ who: desk, tie, events: ['observers.admitted'] })
    .input(InterviewId)
    .output(z.strictObject({ code: z.string(), path: z.string() })),
  /** How many observers' screens show this interview at this moment. */
  screens: operation({ who: desk, tie, events: [], whileLocked: true, byItself: true })
    .input(InterviewId)
    .output(z.strictObject({ connected: z.number().int().nonnegative() })),
  /** Ends every observers' screen of this interview, and the codes that nobody has used yet. */
  dismiss: operation({ who: desk, tie, events: ['observers.dismissed'] })
    .input(InterviewId)
    .output(Done),
  /** Asked by the observers' screen once a second; its first question goes on record. */
  watch: operation({
    who: desk,
    screens: ['observer'],
    tie,
    events: ['observers.connected'],
    whileLocked: true,
    byItself: true,
  })
    .input(InterviewId)
    .output(ObserverView),
};
