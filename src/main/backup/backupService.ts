import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { BackupLook, BackupResult } from '../../shared/contract/backup.ts';
import { isRefusal } from '../../shared/errors.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Disk } from '../vault/index.ts';
import { earlierFiles, lookAt } from './destination.ts';
import { exhibitFiles, recordedExhibits } from './exhibitFiles.ts';
import { makeBackup, refuseWhile } from './makeBackup.ts';

export interface BackupNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: () => CustodyLog;
  readonly facts: () => {
    readonly id: string;
    readonly name: string;
    readonly court: string;
    readonly log: { readonly vkey: string };
  };
  readonly software: { readonly name: string; readonly version: string };
  /** The station's own folder and its targets. */
  readonly own: () => readonly string[];
  /** Signs heads of the log; null while nobody has opened the station's keys. */
  readonly logSigner: () => NoteSigner | null;
  readonly recording: () => boolean;
  readonly disk: Pick<Disk, 'free' | 'device'>;
}

interface Actor {
  readonly id: string;
  readonly role: string;
}

const BackedUp = z.looseObject({ manifest_sha256: z.string(), size: z.number(), media: z.boolean() });

/** Backups of this station, as the administrator asks for them. */
export class BackupService {
  readonly #needs: BackupNeeds;

  constructor(needs: BackupNeeds) {
    this.#needs = needs;
  }

  /** When the last backup was made that the log tells of. */
  last(): { readonly at: string; readonly media: boolean; readonly leftOut: number } | null {
    const { custody, facts } = this.#needs;
    const events = custody().eventsOf({ type: 'station', id: facts().id });
    const event = events.findLast((one) => one.event.action === 'station.backed-up')?.event;
    if (event === undefined) return null;
    const { media } = BackedUp.parse(event.details);
    return { at: event.at, media, leftOut: z.int().catch(0).parse(event.details['left_out']) };
  }

  /** What a backup into `folder` would need there. @throws Refusal BACKUP_DESTINATION_INSIDE, BACKUP_DESTINATION_UNUSABLE */
  async look(folder: string): Promise<BackupLook> {
    const { db, custody, facts, own, disk } = this.#needs;
    const { path, freeBytes, sameDisk } = await lookAt(folder, own(), disk);
    const earlier = await earlierFiles(path, facts().id);
    let [mediaBytes, freshBytes] = [0, 0];
    for (const one of recordedExhibits(db)) {
      for (const { bytes, sha256 } of (await exhibitFiles(one, custody())).files) {
        mediaBytes += bytes;
        if (sha256 === null || !earlier.has(sha256)) freshBytes += bytes;
      }
    }
    return { path, freeBytes, sameDisk, mediaBytes, freshBytes };
  }

  /**
   * Makes a backup, telling the log before and after. @throws Refusal BACKUP_WHILE_RECORDING, those of `look` and
   * of `makeBackup`
   */
  async make(
    input: { readonly folder: string; readonly media: boolean },
    actor: Actor,
    control: { readonly signal: AbortSignal; progress(done: number): void },
  ): Promise<BackupResult> {
    const { db, clock, custody, facts, software, own, logSigner, recording, disk } = this.#needs;
    refuseWhile(recording());
    const destination = await lookAt(input.folder, own(), disk);
    const station = facts();
    const subject = { type: 'station', id: station.id } as const;
    const log = custody();
    log.append({ action: 'station.backup-begun', actor, subject, details: { media: input.media } });
    try {
      const made = await makeBackup({
        db,
        clock,
        log,
        signer: logSigner(),
        vkey: station.log.vkey,
        station,
        software,
        destination,
        disk,
        media: input.media,
        waits: recording,
        signal: control.signal,
        onProgress: (done) => control.progress(done),
      });
      const { manifestSha256, size, root, exhibits, leftOut } = made;
      const details = { manifest_sha256: manifestSha256, size, root, media: input.media, exhibits };
      log.append({
        action: 'station.backed-up',
        actor,
        subject,
        details: { ...details, left_out: leftOut.length, signed: made.signed },
      });
      return {
        path: made.path,
        manifestSha256,
        logSize: size,
        signed: made.signed,
        exhibits,
        bytes: made.bytes,
        linkedBytes: made.linked,
        leftOut: [...leftOut],
        sameDisk: destination.sameDisk,
      };
    } catch (error) {
      const code = isRefusal(error) ? error.code : 'INTERNAL';
      log.append({ action: 'station.backup-failed', actor, subject, details: { code } });
      throw error;
    }
  }
}
