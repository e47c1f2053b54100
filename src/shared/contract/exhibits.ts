import { z } from 'zod';
import { VerificationOutcome } from '../evidence/verification.ts';
import { operation } from './access.ts';
import { InterviewKind } from './cases.ts';
import { ExhibitNumber, Id, Instant, JobStarted, Language, Line, LocalPath } from './common.ts';

export const Receipt = z.strictObject({
  number: z.string(),
  exhibit: ExhibitNumber,
  givenBy: z.string(),
  takenBy: z.string(),
  at: Instant,
  recordSha256: z.string(),
  checks: z.strictObject({ passed: z.number().int(), failed: z.number().int(), notChecked: z.number().int() }),
  signed: z.boolean(),
});
export type Receipt = z.infer<typeof Receipt>;

export const Exhibit = z.strictObject({
  number: ExhibitNumber,
  caseId: Id,
  caseNumber: z.string(),
  court: z.string(),
  childCode: z.string(),
  kind: InterviewKind,
  language: z.string(),
  state: z.enum(['recording', 'ended', 'secured', 'sealed']),
  origin: z.enum(['here', 'imported']),
  startedAt: Instant.nullable(),
  sealedAt: Instant.nullable(),
  durationMs: z.number().int().nullable(),
  simulated: z.boolean(),
  recovered: z.boolean(),
  archive: z.enum(['with-officer', 'offered', 'accepted']),
  /** Whole copies that were seen, and on how many disks; null while that was not looked at. */
  copies: z.strictObject({ whole: z.number().int(), disks: z.number().int() }).nullable(),
  receipt: Receipt.nullable(),
});
export type Exhibit = z.infer<typeof Exhibit>;

/** A certificate of authenticity that was written: where, its digest as the custody log has it, and what the check came to. */
export const Certified = z.strictObject({
  path: LocalPath,
  sha256: z.string(),
  outcome: VerificationOutcome,
});
export type Certified = z.infer<typeof Certified>;

/** Whether an exhibit's key is there, or somebody asked to destroy it, or it is gone and its recording with it. */
export const ExhibitKey = z.strictObject({
  state: z.enum(['kept', 'asked', 'destroyed']),
  reason: z.string().nullable(),
  askedBy: z.string().nullable(),
  askedAt: Instant.nullable(),
  /** True where the reader asked: another key holder has to confirm. */
  own: z.boolean(),
  doneAt: Instant.nullable(),
});
export type ExhibitKey = z.infer<typeof ExhibitKey>;

const any = ['assigned', 'offered', 'handed-over', 'admitted'] as const;
const ExhibitId = z.strictObject({ exhibit: ExhibitNumber });

/** Who disposes of what the archive holds. */
const disposing = {
  who: ['clerk', 'judge'],
  tie: { to: 'exhibit', by: 'exhibit', through: ['handed-over', 'admitted'] },
} as const;

export const exhibits = {
  list: operation({ who: ['investigator', 'clerk', 'judge'], tie: { to: 'own' }, events: [] }).output(z.array(Exhibit)),
  get: operation({
    who: ['investigator', 'clerk', 'judge'],
    tie: { to: 'exhibit', by: 'exhibit', through: any },
    events: [],
  })
    .input(ExhibitId)
    .output(Exhibit),
  custody: operation({
    who: ['investigator', 'clerk', 'judge'],
    tie: { to: 'exhibit', by: 'exhibit', through: any },
    events: [],
  })
    .input(ExhibitId)
    .output(
      z.array(
        z.strictObject({
          index: z.number().int(),
          at: Instant,
          action: z.string(),
          role: z.string(),
          actor: z.string(),
        }),
      ),
    ),
  key: operation({ ...disposing, events: [] })
    .input(ExhibitId)
    .output(ExhibitKey),
  /** Asks for the lawful end of a recording: its key is destroyed once another key holder confirms. */
  askDestruction: operation({ ...disposing, events: ['exhibit.key-destruction-asked'] })
    .input(ExhibitId.extend({ typed: z.string().max(60), reason: Line }))
    .output(ExhibitKey),
  withdrawDestruction: operation({ ...disposing, events: ['exhibit.key-destruction-withdrawn'] })
    .input(ExhibitId)
    .output(ExhibitKey),
  destroyKey: operation({ ...disposing, events: ['exhibit.key-destruction-begun', 'exhibit.key-destroyed'] })
    .input(ExhibitId.extend({ typed: z.string().max(60) }))
    .output(ExhibitKey),
  /** Secured → sealed after a crash, by a person whose key opens the vault. */
  recover: operation({
    who: ['investigator'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned'] },
    events: ['exhibit.recovery-begun', 'attachment.kept', 'exhibit.sealed', 'timestamp.deferred'],
  })
    .input(ExhibitId)
    .output(JobStarted),
};

export const archive = {
  /** The officer offers a sealed exhibit to the archive. */
  handOver: operation({
    who: ['investigator'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned'] },
    events: ['exhibit.offered'],
  })
    .input(ExhibitId)
    .output(Exhibit),
  /** Verifies the stored exhibit in full; where nothing failed, accepts it and signs the receipt. Job result: Receipt. */
  accept: operation({
    who: ['clerk'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['offered'] },
    events: ['exhibit.verified', 'exhibit.accepted'],
  })
    .input(ExhibitId)
    .output(JobStarted),
  /** Verifies the stored exhibit again. Job result: VerificationResult. */
  verify: operation({
    who: ['clerk', 'investigator'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned', 'offered', 'handed-over'] },
    events: ['exhibit.verified'],
  })
    .input(ExhibitId)
    .output(JobStarted),
  /** Writes an evidence bag into `folder`; with a recipient, as one age file. Job result: `{path}`. */
  export: operation({
    who: ['clerk', 'investigator'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over'] },
    events: ['bag.exported'],
  })
    .input(
      z.strictObject({
        exhibit: ExhibitNumber,
        folder: LocalPath,
        /** The bag's own name in that folder; the exhibit number where none is given. */
        name: z
          .string()
          .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
          .nullable(),
        /** Who receives it, in words for the log: an office, not a name of a child. */
        to: Line,
        recipient: z
          .string()
          .regex(/^age1[a-z0-9]{58}$/)
          .nullable(),
        /** False leaves the exhibit's derived copies out; otherwise they go with it. */
        copies: z.boolean().optional(),
      }),
    )
    .output(JobStarted),
  /**
   * Verifies the stored exhibit again and, where nothing failed, writes a certificate of authenticity (PDF) into `folder`.
   * Job result: Certified.
   */
  certify: operation({
    who: ['clerk', 'investigator', 'judge'],
    tie: { to: 'exhibit', by: 'exhibit', through: ['assigned', 'handed-over', 'admitted'] },
    events: ['exhibit.verified', 'authenticity.certified'],
  })
    .input(
      z.strictObject({
        exhibit: ExhibitNumber,
        language: Language,
        folder: LocalPath,
        /** The file's own name in that folder; the exhibit number and the language where none is given. */
        name: z
          .string()
          .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}\.pdf$/)
          .nullable(),
      }),
    )
    .output(JobStarted),
  /** Verifies any bag on this machine; touches nothing of the station. Job result: VerificationResult. */
  verifyBag: operation({ who: ['clerk', 'investigator', 'judge', 'auditor'], tie: { to: 'nothing' }, events: [] })
    .input(z.strictObject({ path: LocalPath, trust: z.array(LocalPath).max(10) }))
    .output(JobStarted),
  /** Takes a bag of another station into this vault, encrypted to this court. Job result: Exhibit. */
  import: operation({ who: ['clerk'], tie: { to: 'nothing' }, events: ['bag.imported'] })
    .input(
      z.strictObject({
        path: LocalPath,
        trust: z.array(LocalPath).max(10),
        /** The person read what is not established and takes the bag nevertheless; goes on record. */
        unestablishedAccepted: z.boolean(),
      }),
    )
    .output(JobStarted),
  /** This court's age recipient, for others to encrypt a bag to. */
  recipient: operation({ who: ['clerk', 'investigator'], tie: { to: 'nothing' }, events: [] }).output(
    z.strictObject({ recipient: z.string() }),
  ),
};
