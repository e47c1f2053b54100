import { z } from 'zod';
import { operation } from './access.ts';
import { Id, Instant, LocalPath } from './common.ts';

const Bytes = z.number().int().nonnegative();

/** A folder for backups, and what one would need there. */
export const BackupLook = z.strictObject({
  path: z.string(),
  freeBytes: Bytes.nullable(),
  /** It lies on the disk of the station or of a target: one failure would take both. */
  sameDisk: z.boolean(),
  /** All files of the exhibits; and those of them that no earlier backup there has. */
  mediaBytes: Bytes,
  freshBytes: Bytes,
});
export type BackupLook = z.infer<typeof BackupLook>;

/** What a backup's job gives. */
export const BackupResult = z.strictObject({
  path: z.string(),
  manifestSha256: z.string(),
  /** Entries of the log that it holds; `signed` = their head is signed. */
  logSize: Bytes,
  signed: z.boolean(),
  exhibits: Bytes,
  bytes: Bytes,
  /** Bytes that stood in an earlier backup already. */
  linkedBytes: Bytes,
  /** `<exhibit>/<path>` of files that no target had as the log says that they are. */
  leftOut: z.array(z.string()),
  sameDisk: z.boolean(),
});
export type BackupResult = z.infer<typeof BackupResult>;

const administrator = { who: ['administrator'], tie: { to: 'nothing' } } as const;

export const backup = {
  /** When the last backup was made. */
  last: operation({ ...administrator, events: [] }).output(
    z.strictObject({ last: z.strictObject({ at: Instant, media: z.boolean(), leftOut: Bytes }).nullable() }),
  ),
  look: operation({ ...administrator, events: [] })
    .input(z.strictObject({ folder: LocalPath }))
    .output(BackupLook),
  /** Makes a backup of the whole station, as a job: its result is a `BackupResult`. */
  make: operation({
    ...administrator,
    events: ['station.backup-begun', 'station.backed-up', 'station.backup-failed'],
  })
    .input(z.strictObject({ folder: LocalPath, media: z.boolean() }))
    .output(z.strictObject({ job: Id })),
};
