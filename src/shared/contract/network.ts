import { z } from 'zod';
import { operation } from './access.ts';
import { Instant } from './common.ts';
import { Fingerprint } from './pairing.ts';

const ipAddress = z.union([z.ipv4(), z.ipv6()]);
/** A name of this machine in the court's network, such as `room1.court.local`; lower case, no wildcard. */
export const HostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/);

/** How the station answers on the court's network. */
export const NetworkSettings = z.strictObject({
  enabled: z.boolean(),
  /** All addresses of this machine, or one of them. */
  listen: z.union([z.literal('all'), ipAddress]),
  port: z.number().int().min(1024).max(65_535),
  /** Names and addresses for the certificate besides this machine's own. */
  names: z.array(z.union([ipAddress, HostName])).max(10),
});
export type NetworkSettings = z.infer<typeof NetworkSettings>;

const Problem = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const NetworkView = z.strictObject({
  settings: NetworkSettings,
  /** This machine, for choosing from. */
  machine: z.strictObject({
    name: z.string(),
    addresses: z.array(z.strictObject({ address: z.string(), card: z.string() })),
  }),
  /** `waits-for-keys`: until the first investigator, judge or clerk has signed in since the start. */
  door: z.enum(['off', 'open', 'waits-for-keys', 'trouble']),
  problem: Problem.nullable(),
  /** `https://host:port/pair` as screens reach it, the best one first. */
  addresses: z.array(z.string()),
  certificate: z
    .strictObject({
      fingerprint: Fingerprint,
      /** Of the station's authority, for machines on which it is installed. */
      rootFingerprint: Fingerprint,
      names: z.array(z.string()),
      notAfter: Instant,
      /** Names and addresses that this machine has now and the certificate does not name. */
      missing: z.array(z.string()),
      /** It ends soon, or something is missing. */
      due: z.boolean(),
    })
    .nullable(),
  /** Screens that ask over the network at this moment. */
  screens: z.number().int().nonnegative(),
});
export type NetworkView = z.infer<typeof NetworkView>;

/** What answers at one of the station's own addresses, asked from this machine. */
export const NetworkCheck = z.array(
  z.strictObject({
    address: z.string(),
    /** `other`: something else than this station's certificate answers there. */
    answers: z.enum(['yes', 'no', 'other']),
    reason: z.string().nullable(),
  }),
);
export type NetworkCheck = z.infer<typeof NetworkCheck>;

const administrator = { who: ['administrator'], tie: { to: 'nothing' } } as const;

export const network = {
  /** How it stands. Renews a certificate that is due while nobody is connected: only an administrator's keys can. */
  state: operation({ ...administrator, events: ['certificate.issued'] }).output(NetworkView),
  set: operation({ ...administrator, events: ['network.changed', 'certificate.issued'] })
    .input(NetworkSettings)
    .output(NetworkView),
  /** A new key and certificate; connected screens have to compare its fingerprint anew. */
  renew: operation({ ...administrator, events: ['certificate.issued'] }).output(NetworkView),
  /** Asks every address of this station from this machine. What stands between it and others cannot be seen from here. */
  check: operation({ ...administrator, events: [] }).output(NetworkCheck),
};
