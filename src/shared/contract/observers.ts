import { z } from 'zod';
import { SourcePlace } from '../domain/devices.ts';
import { operation } from './access.ts';
import { Done, Id } from './common.ts';

/**
 * What an observers' screen shows: the pictures and microphones of an interview while it is recorded, by place. No case,
 * no name, nothing of the timeline.
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
