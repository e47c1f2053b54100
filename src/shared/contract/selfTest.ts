import { z } from 'zod';
import { RoomTest } from '../domain/selfTest.ts';
import { operation } from './access.ts';
import { Id, Instant, JobStarted } from './common.ts';

/** A test and the name of the person who ran it. */
export const NamedTest = z.strictObject({ test: RoomTest, by: z.string() });
export type NamedTest = z.infer<typeof NamedTest>;

/** How a room stands: its newest test, whether that is of today, and since when it has a base line. */
export const RoomCheck = z.strictObject({
  room: Id,
  newest: NamedTest.nullable(),
  today: z.boolean(),
  baselineAt: Instant.nullable(),
});
export type RoomCheck = z.infer<typeof RoomCheck>;

/** A small picture of a camera as base64 JPEG. */
export const TestStill = z.strictObject({ source: Id, jpeg: z.base64() });
export type TestStill = z.infer<typeof TestStill>;

/** The job's result. */
export const SelfTestDone = z.strictObject({ test: Id });

/** Who may see a room may test it; the child never sees any of it. */
const who = ['administrator', 'operator', 'investigator'] as const;
const tie = { to: 'nothing' } as const;

export const selfTest = {
  /** Every source of the room records five seconds, is played back and compared; answers with a job (`SelfTestDone`). */
  run: operation({ who, tie, events: ['room.tested'] })
    .input(z.strictObject({ room: Id }))
    .output(JobStarted),
  /** How each room stands. */
  last: operation({ who, tie, events: [] }).output(z.array(RoomCheck)),
  /** The newest tests of a room, newest first. */
  history: operation({ who, tie, events: [] })
    .input(z.strictObject({ room: Id }))
    .output(z.array(NamedTest)),
  /** The cameras' pictures of a test, for the person who ran it: given once, from memory, and kept nowhere. */
  stills: operation({ who, tie, events: [] })
    .input(z.strictObject({ test: Id }))
    .output(z.array(TestStill)),
  /** "This is how it should be": later tests of the room are held to this one. */
  setBaseline: operation({ who, tie, events: ['room.baseline-set'] })
    .input(z.strictObject({ test: Id }))
    .output(RoomCheck),
};
