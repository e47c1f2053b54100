import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { writeFileDurably } from '../platform/files.ts';
import { newIdentity, openSecret, sealSecret } from '../vault/index.ts';
import { ExhibitRows } from './exhibitRows.ts';
import type { RecordingNeeds } from './needs.ts';

/** An exhibit's own key: the recipient that its parts are written to, and the identity as `exhibit.key.age`. */
export interface ExhibitKey {
  readonly recipient: string;
  readonly keyAge: Uint8Array;
}

/**
 * Makes the key of one exhibit and seals its identity to the court's vault and the recovery key (EVIDENCE-FORMAT §1).
 * The identity is not kept: recording needs the recipient alone.
 */
export async function newExhibitKey(recipients: { vault: string; recovery: string }): Promise<ExhibitKey> {
  const { identity, recipient } = await newIdentity();
  const keyAge = await sealSecret(Buffer.from(`${identity}\n`), [recipients.vault, recipients.recovery]);
  return { recipient, keyAge };
}

/** Opens `exhibit.key.age` with the vault's identity. @throws Refusal AGE_WRONG_KEY, AGE_MALFORMED, AGE_DAMAGED */
export async function openExhibitKey(keyAge: Uint8Array, vaultIdentity: string): Promise<string> {
  return Buffer.from(await openSecret(keyAge, vaultIdentity))
    .toString('utf8')
    .trim();
}

/**
 * Writes `exhibit.key.age` into each target's folder before a byte is recorded; gives the folders that took it.
 * @throws Refusal TARGET_UNUSABLE, SINGLE_TARGET_NOT_CONFIRMED
 */
export async function storeKey(folders: readonly string[], keyAge: Uint8Array, single: boolean): Promise<string[]> {
  const outcomes = await Promise.allSettled(
    folders.map(async (folder) => {
      // The chosen folder itself has to be there: made anew where its disk is away, it would lie on another disk.
      await access(dirname(folder));
      await writeFileDurably(join(folder, 'exhibit.key.age'), keyAge);
    }),
  );
  const usable = folders.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (usable.length === 0)
    throw new Refusal('TARGET_UNUSABLE', { target: folders[0] ?? '', reason: 'key' }, { cause: failed?.reason });
  if (failed !== undefined && !single) throw new Refusal('SINGLE_TARGET_NOT_CONFIRMED');
  return usable;
}

/** The key of an exhibit and the folders that it was given, as events count them. */
export interface PlacedKey extends ExhibitKey {
  readonly folders: readonly string[];
  /** Those it had before, where the station's targets changed since; empty otherwise. */
  readonly before: readonly string[];
}

/**
 * The exhibit's key and folders, made the first time that anything asks: a file that is kept with the plan, or the button.
 * Asked again it is the same key, so that everything of one exhibit is closed to one. Until the recording has begun the
 * folders are those on the targets of now; afterwards they stay. @throws Refusal EXHIBIT_UNKNOWN
 */
export async function ensureExhibitKey(
  needs: Pick<RecordingNeeds, 'db' | 'recipients' | 'targets'>,
  exhibit: string,
): Promise<PlacedKey> {
  const rows = new ExhibitRows(needs.db);
  const row = rows.get(exhibit);
  const made = row.keyAge === null || row.recipient === null ? await newExhibitKey(needs.recipients()) : null;
  return needs.db
    .transaction(() => {
      // Read anew: somebody else may have made one while this one was being made.
      const { keyAge, recipient, folders: before, state } = rows.get(exhibit);
      const folders = state === 'planned' ? needs.targets().map((target) => join(target, exhibit)) : before;
      const key = keyAge !== null && recipient !== null ? { keyAge, recipient } : made;
      if (key === null) throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit, state });
      const moved = JSON.stringify(folders) !== JSON.stringify(before);
      if (key === made || moved) rows.keyed(exhibit, key, folders);
      return { ...key, folders, before: moved ? before : [] };
    })
    .immediate();
}
