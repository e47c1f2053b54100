import { z } from 'zod';
import { Role } from '../domain/roles.ts';
import { operation } from './access.ts';
import { Done, Id, Instant, JobStarted, Line } from './common.ts';
import { Password } from './station.ts';

/** Whether a person's key opens recordings: `none` for roles that never do, `waits` until a key holder granted it. */
export const KeyAccess = z.enum(['none', 'waits', 'granted']);
export const CertificateState = z.enum(['none', 'requested', 'issued']);

export const Account = z.strictObject({
  id: Id,
  /** The person's code in records and events: never a name. */
  code: Id,
  name: z.string(),
  login: z.string(),
  role: Role,
  /** `revoked` is final. */
  state: z.enum(['invited', 'active', 'suspended', 'revoked']),
  keys: KeyAccess,
  certificate: CertificateState,
  /** Secrets of the station that this person's key opens though it should no longer: until one who may comes. */
  stillOpens: z.array(z.enum(['vault', 'ca', 'station'])),
});
export type Account = z.infer<typeof Account>;

export const Session = z.strictObject({
  account: Account.nullable(),
  locked: z.boolean(),
  /** Seconds of idleness after which the session locks. */
  locksAfter: z.number().int(),
});
export type Session = z.infer<typeof Session>;

/** The certificate that a person signs with. */
export const OwnCertificate = z.strictObject({
  name: z.string(),
  organization: z.string(),
  issuer: z.string(),
  from: Instant,
  until: Instant,
  /** `RSA 3072` or `P-256`. */
  key: z.string(),
  /** SHA-256 of its DER. */
  fingerprint: z.string(),
  origin: z.enum(['station', 'outside']),
});
export type OwnCertificate = z.infer<typeof OwnCertificate>;

const anyone = { who: 'anyone', tie: { to: 'nothing' }, events: [], whileLocked: true } as const;
const everyRole = ['investigator', 'operator', 'judge', 'clerk', 'auditor', 'administrator'] as const;

export const session = {
  me: operation({ ...anyone, screens: ['observer', 'interviewer', 'courtroom', 'child'], byItself: true }).output(
    Session,
  ),
  signIn: operation({ ...anyone, events: ['account.signed-in'] })
    .input(z.strictObject({ login: Line, password: Password }))
    .output(Session),
  unlock: operation({ who: everyRole, tie: { to: 'nothing' }, events: [], whileLocked: true })
    .input(z.strictObject({ password: Password }))
    .output(Session),
  lock: operation({ who: everyRole, tie: { to: 'nothing' }, events: [], whileLocked: true }).output(Session),
  /** Another password, asked for with the one so far. One's sessions on other screens end. */
  changePassword: operation({ who: everyRole, tie: { to: 'own' }, events: ['account.password-changed'] })
    .input(z.strictObject({ current: Password, password: Password }))
    .output(Session),
  signOut: operation({ ...anyone, events: ['account.signed-out'] }).output(Session),
  /** A one-time invitation becomes an account: the person sets the password, keys are made for it alone. */
  acceptInvitation: operation({ ...anyone, events: ['account.accepted', 'account.signed-in'] })
    .input(z.strictObject({ code: z.string().trim().min(1).max(64), password: Password }))
    .output(Session),
};

const administrator = { who: ['administrator'], tie: { to: 'nothing' } } as const;
const AccountId = z.strictObject({ account: Id });
/** `aloneAccepted`: it was said that no other key is then left to open recordings, or the certificate authority. */
const Standing = AccountId.extend({ aloneAccepted: z.boolean().default(false) });

export const accounts = {
  list: operation({ who: ['administrator', 'auditor'], tie: { to: 'nothing' }, events: [] }).output(z.array(Account)),
  /** People one may name in planning, hand-over and hearings. */
  people: operation({ who: ['investigator', 'judge', 'clerk', 'operator'], tie: { to: 'nothing' }, events: [] }).output(
    z.array(z.strictObject({ id: Id, code: Id, name: z.string(), role: Role })),
  ),
  invite: operation({ ...administrator, events: ['account.invited'] })
    .input(z.strictObject({ name: Line, login: Line, role: Role }))
    .output(z.strictObject({ account: Account, code: z.string() })),
  certify: operation({ ...administrator, events: ['certificate.issued'] })
    .input(AccountId)
    .output(Account),
  /** One's own certificate; null while there is none. */
  ownCertificate: operation({ who: ['investigator', 'judge', 'clerk'], tie: { to: 'own' }, events: [] }).output(
    OwnCertificate.nullable(),
  ),
  /** Takes a key file of another authority (PKCS#12, in base64) in place of one's own certificate. */
  importCertificate: operation({
    who: ['investigator', 'judge', 'clerk'],
    tie: { to: 'own' },
    events: ['certificate.imported'],
  })
    .input(z.strictObject({ file: z.base64().max(400_000), password: z.string().max(500) }))
    .output(OwnCertificate),
  suspend: operation({ ...administrator, events: ['account.suspended'] })
    .input(Standing)
    .output(Account),
  restore: operation({ ...administrator, events: ['account.restored'] })
    .input(AccountId)
    .output(Account),
  /** Another role: access is granted anew, the certificate goes where the new role does not sign. */
  changeRole: operation({ ...administrator, events: ['account.role-changed', 'certificate.revoked'] })
    .input(Standing.extend({ role: Role }))
    .output(Account),
  /** The end of an account: its keys are deleted, its certificate of this station is revoked. It never comes back. */
  revoke: operation({ ...administrator, events: ['account.revoked', 'certificate.revoked'] })
    .input(Standing)
    .output(Account),
  /** A new invitation for somebody who lost their password: the account keeps its code, its keys are made anew. */
  reset: operation({ ...administrator, events: ['account.reset', 'certificate.revoked'] })
    .input(Standing)
    .output(z.strictObject({ account: Account, code: z.string() })),
  /** People who wait for access to recordings; a key holder lets them in. */
  waiting: operation({ who: ['investigator', 'judge', 'clerk'], tie: { to: 'nothing' }, events: [] }).output(
    z.array(Account),
  ),
  grant: operation({ who: ['investigator', 'judge', 'clerk'], tie: { to: 'nothing' }, events: ['access.granted'] })
    .input(AccountId)
    .output(Account),
  /** The printed recovery key grants access when no key holder can. */
  grantByRecovery: operation({
    who: ['investigator', 'judge', 'clerk'],
    tie: { to: 'nothing' },
    events: ['access.granted-by-recovery'],
  })
    .input(z.strictObject({ part1: z.string().max(200), part2: z.string().max(200) }))
    .output(Account),
};

/** A key of the court that is being changed: how much is still closed to the old one. */
const Rotating = z.strictObject({
  recipient: z.string(),
  rotation: z.strictObject({ begunAt: Instant, left: z.number().int(), total: z.number().int() }).nullable(),
});

export const KeyRingState = z.strictObject({ vault: Rotating, recovery: Rotating });
export type KeyRingState = z.infer<typeof KeyRingState>;

/** What a run of the work came to (job result of `rotateVault`, `takeRecovery`, `goOn`). */
export const RotationResult = z.strictObject({ left: z.number().int(), away: z.array(z.string()) });

const keyHolder = { who: ['investigator', 'judge', 'clerk'], tie: { to: 'nothing' } } as const;
const RecoveryParts = z.strictObject({ part1: z.string().max(200), part2: z.string().max(200) });

/** Nobody can sign in: this machine's own window, and both printed sheets. */
const withSheets = { who: 'shell', tie: { to: 'nothing' } } as const;

/** The court's own keys: the vault's identity and the printed recovery key. */
export const keyRing = {
  state: operation({ ...keyHolder, events: [], byItself: true }).output(KeyRingState),
  /** A new vault identity; what was closed to the old one is closed anew. Job result: RotationResult. */
  rotateVault: operation({ ...keyHolder, events: ['vault.rotation-begun', 'vault.rotated'] }).output(JobStarted),
  /** A new recovery key, to be printed. It counts once both parts were given back. */
  showRecovery: operation({ ...keyHolder, events: [] }).output(
    RecoveryParts.extend({ recipient: z.string(), rootFingerprint: z.string(), name: z.string(), court: z.string() }),
  ),
  takeRecovery: operation({ ...keyHolder, events: ['recovery.rotation-begun', 'recovery.rotated'] })
    .input(RecoveryParts)
    .output(JobStarted),
  /** Goes on with what was interrupted; `withoutAway` no longer waits for disks that are not there. */
  goOn: operation({ ...keyHolder, events: ['vault.rotated', 'recovery.rotated'] })
    .input(z.strictObject({ withoutAway: z.boolean() }))
    .output(JobStarted),
  /** The sheets open the station's own keys, so that people can sign in; a restored station's log goes on. */
  openByRecovery: operation({ ...withSheets, events: ['station.opened-by-recovery', 'log.continued'] })
    .input(RecoveryParts)
    .output(Done),
  /** The sheets invite a new administrator where none knows their password. The code is in the answer only. */
  inviteByRecovery: operation({ ...withSheets, events: ['account.invited-by-recovery', 'log.continued'] })
    .input(RecoveryParts.extend({ name: Line, login: Line }))
    .output(z.strictObject({ code: z.string() })),
};
