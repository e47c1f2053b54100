import type { KeyObject } from 'node:crypto';

/** Somebody who signs, with the role in which they do it: certificate and key are open in memory. */
export interface Hand {
  readonly code: string;
  readonly role: string;
  readonly certPem: string;
  /** From the issuer up to, and with, the root. */
  readonly chainPem: readonly string[];
  readonly privateKey: KeyObject | Uint8Array;
}
