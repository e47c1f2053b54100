import { z } from 'zod';
import { JurisdictionProfile } from '../domain/jurisdiction.ts';
import { Sha256Hex } from '../evidence/record.ts';
import { operation } from './access.ts';
import { Instant, LocalPath } from './common.ts';

/** The rules in force. */
export const JurisdictionView = z.strictObject({
  profile: JurisdictionProfile,
  /** Of the profile's file, byte by byte. */
  sha256: Sha256Hex,
  since: Instant,
});
export type JurisdictionView = z.infer<typeof JurisdictionView>;

/** A profile that can be put in force without a file. */
export const JurisdictionChoice = z.strictObject({
  ...JurisdictionProfile.pick({ id: true, version: true, name: true }).shape,
  sha256: Sha256Hex,
  /** It came with the product, or once was in force here. */
  origin: z.enum(['shipped', 'kept']),
  inForce: z.boolean(),
});
export type JurisdictionChoice = z.infer<typeof JurisdictionChoice>;

/** `path` of a file that was looked at, or null for one of the choices; `sha256` says which is meant. */
export const AdoptInput = z.strictObject({ path: LocalPath.nullable(), sha256: Sha256Hex });

const administrator = { who: ['administrator'], tie: { to: 'nothing' } } as const;

export const jurisdiction = {
  inForce: operation({
    who: ['administrator', 'investigator', 'operator', 'judge', 'clerk', 'auditor'],
    tie: { to: 'nothing' },
    events: [],
  }).output(JurisdictionView),
  choices: operation({ ...administrator, events: [] }).output(z.array(JurisdictionChoice)),
  /** Reads a profile's file and says what is wrong with it, or gives it; nothing is changed. */
  look: operation({ ...administrator, events: [] })
    .input(z.strictObject({ path: LocalPath }))
    .output(JurisdictionView.omit({ since: true })),
  adopt: operation({ ...administrator, events: ['station.jurisdiction-changed'] })
    .input(AdoptInput)
    .output(JurisdictionView),
};
