import type { Language } from '../../../shared/contract/common.ts';
import type { EvidenceRecord } from '../../../shared/evidence/record.ts';
import type { CheckStatus, VerificationResult } from '../../../shared/evidence/verification.ts';

/** What a certificate says of itself, in words for a paper. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Hex. */
  readonly serial: string;
  readonly sha256: string;
  readonly from: string;
  readonly until: string;
}

/** A trusted time-stamp, and what the verification made of it. */
export interface StampFacts {
  readonly time: string | null;
  readonly authority: string;
  readonly status: CheckStatus;
}

export interface SignatureFacts {
  readonly file: string;
  readonly role: 'station' | 'officer';
  readonly code: string;
  /** Null where the signature file is not there or holds none. */
  readonly certificate: CertificateFacts | null;
  /** What the signer says of the time. */
  readonly signingTime: string | null;
  readonly stamp: StampFacts | null;
}

/** A head of the log: how many entries, and their root in base64 as in a checkpoint. */
export interface HeadFacts {
  readonly size: number;
  readonly root: string;
}

/** Everything that a certificate of authenticity says. Times are RFC 3339 UTC; copied to the thread that draws it. */
export interface PaperData {
  readonly language: Language;
  readonly at: string;
  /** Of the station, as IANA names it: times stand in it and in UTC. */
  readonly timeZone: string;
  readonly software: string;
  readonly station: { readonly name: string; readonly court: string };
  readonly maker: { readonly name: string; readonly role: string; readonly certificate: CertificateFacts };
  readonly record: EvidenceRecord;
  readonly recordBytes: number;
  readonly recordSha256: string;
  /** SHA-256 of the age files by their name, as the seal's event has them. */
  readonly stored: Readonly<Record<string, string>>;
  readonly signatures: readonly SignatureFacts[];
  readonly sealStamp: StampFacts | null;
  readonly anchorStamp: StampFacts | null;
  /** SHA-256 of the root certificates of the station that recorded. */
  readonly roots: readonly string[];
  readonly log: {
    readonly origin: string;
    readonly vkey: string;
    readonly head: HeadFacts;
    readonly seal: HeadFacts | null;
  };
  readonly witnesses: readonly { readonly name: string; readonly size: number; readonly at: string }[];
  readonly verification: VerificationResult;
  readonly verifiedAt: string;
}
