import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { writeFileDurably } from '../platform/files.ts';
import { newIdentity, openSecret, sealSecret } from '../vault/index.ts';

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
