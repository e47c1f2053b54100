import { z } from 'zod';
import { Role, ScreenKind } from '../domain/roles.ts';
import { operation } from './access.ts';
import { Done, Id, Instant, Language, Line, LocalPath } from './common.ts';

export const StationInfo = z.strictObject({
  configured: z.boolean(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  court: z.string().nullable(),
  languages: z.array(Language),
  version: z.string(),
  /** Simulated devices alone, and nothing here is evidence. */
  practice: z.boolean(),
});

export const Password = z.string().min(1).max(500);

export const SetUpInput = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{1,20}$/),
  name: Line,
  court: Line,
  languages: z.array(Language).min(1),
  administrator: z.strictObject({ name: Line, login: Line, password: Password }),
  keyHolder: z.strictObject({
    name: Line,
    login: Line,
    role: z.enum(['investigator', 'judge', 'clerk']),
    password: Password,
  }),
});

/** The recovery key is shown once, in two parts, and kept nowhere. Fingerprints are SHA-256 of the certificate's DER. */
export const SetUpResult = z.strictObject({
  recovery: z.strictObject({ part1: z.string(), part2: z.string(), recipient: z.string() }),
  rootFingerprint: z.string(),
  logKey: z.string(),
});

export const Capabilities = z.strictObject({
  /** What kind of screen this is. */
  screen: ScreenKind,
  /** The hearing or room that a paired screen belongs to. */
  of: z.string().nullable(),
});

export const Target = z.strictObject({
  path: z.string(),
  freeBytes: z.number().nullable(),
  problem: z.string().nullable(),
  /** The other folder lies on the same disk: one failure could take both. */
  shared: z.boolean(),
  /** For how long recordings of the largest room still fit, both copies where they share a disk; null where it is not known. */
  lastsMs: z.number().int().nonnegative().nullable(),
});
export type Target = z.infer<typeof Target>;

/** Sealed exhibits that do not stand on two disks, and what is done about it. */
export const Levelling = z.strictObject({
  /** When the copies were last looked at; null before the first time. */
  lookedAt: Instant.nullable(),
  /** `whole` = copies that are complete, `disks` = on how many disks; `copies` = derived copies that one of them lacks; `can` = there is a disk that it can be brought to. */
  exhibits: z.array(
    z.strictObject({
      exhibit: z.string(),
      whole: z.number().int(),
      disks: z.number().int(),
      copies: z.number().int(),
      bytes: z.number().int(),
      can: z.boolean(),
    }),
  ),
  running: z.strictObject({ exhibit: z.string(), progress: z.number().min(0).max(1) }).nullable(),
  /** A room is in use: its recording has the disks for itself. */
  waits: z.boolean(),
  /** The last exhibit that could not be brought level, and why. */
  problem: z
    .strictObject({
      exhibit: z.string(),
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
});
export type Levelling = z.infer<typeof Levelling>;

export const station = {
  info: operation({
    who: 'anyone',
    screens: ['observer', 'interviewer', 'courtroom', 'child'],
    tie: { to: 'nothing' },
    events: [],
    whileLocked: true,
    byItself: true,
  }).output(StationInfo),
  /** The accounts of a practice station with their passwords, which are no secret; none elsewhere. */
  practicePeople: operation({ who: 'shell', tie: { to: 'nothing' }, events: [] }).output(
    z.array(z.strictObject({ role: Role, login: z.string(), password: z.string() })),
  ),
  capabilities: operation({
    who: 'anyone',
    screens: ['observer', 'interviewer', 'courtroom', 'child'],
    tie: { to: 'nothing' },
    events: [],
    whileLocked: true,
    byItself: true,
  }).output(Capabilities),
  setUp: operation({
    who: 'shell',
    tie: { to: 'nothing' },
    events: ['station.set-up', 'certificate.issued', 'account.accepted', 'access.granted'],
  })
    .input(SetUpInput)
    .output(SetUpResult),
  targets: operation({ who: ['administrator', 'operator', 'investigator'], tie: { to: 'nothing' }, events: [] }).output(
    z.array(Target),
  ),
  setTargets: operation({ who: ['administrator'], tie: { to: 'nothing' }, events: ['station.targets-changed'] })
    .input(z.strictObject({ paths: z.array(LocalPath).min(1).max(2) }))
    .output(z.array(Target)),
  /** Which exhibits stand on one disk only; asking has the copies looked at anew, behind the answer. */
  levelling: operation({ who: ['administrator', 'operator'], tie: { to: 'nothing' }, events: [] }).output(Levelling),
  /** Brings them to the second disk, in the background. */
  bringLevel: operation({
    who: ['administrator', 'operator'],
    tie: { to: 'nothing' },
    events: ['exhibit.levelled', 'exhibit.levelling-failed', 'copy.levelled'],
  }).output(Levelling),
  cancelLevelling: operation({ who: ['administrator', 'operator'], tie: { to: 'nothing' }, events: [] }).output(
    Levelling,
  ),
};

export const JobState = z.strictObject({
  job: Id,
  kind: z.enum([
    'export',
    'import',
    'verify',
    'accept',
    'recover',
    'copy',
    'certify',
    'self-test',
    'backup',
    'rotate',
    'paper',
  ]),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0 to 1, or null while it cannot be told. */
  progress: z.number().min(0).max(1).nullable(),
  /** Whether it stands still because somebody asked it to; null for work that cannot pause. */
  paused: z.boolean().nullable(),
  /** The result of a done job: its shape is the operation's. */
  result: z.json().nullable(),
  error: z
    .strictObject({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type JobState = z.infer<typeof JobState>;

const jobAccess = {
  who: ['investigator', 'judge', 'clerk', 'administrator', 'auditor', 'operator'],
  tie: { to: 'own' },
  events: [],
} as const;

export const jobs = {
  /** Where a job of one's own stands. Screens ask again every half second while it runs. */
  state: operation({ ...jobAccess, byItself: true })
    .input(z.strictObject({ job: Id }))
    .output(JobState),
  cancel: operation(jobAccess)
    .input(z.strictObject({ job: Id }))
    .output(Done),
  /** Lets a job stand still and go on again; one that cannot goes on as it was. */
  pause: operation(jobAccess)
    .input(z.strictObject({ job: Id, paused: z.boolean() }))
    .output(JobState),
};
