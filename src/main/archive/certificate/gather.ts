import { z } from 'zod';
import { ExhibitSealedDetails } from '../../../shared/evidence/details.ts';
import type { VerificationResult } from '../../../shared/evidence/verification.ts';
import { type CustodyLog, parseCheckpoint, type TreeHead } from '../../custody/index.ts';
import {
  type CertificateView,
  readCertificate,
  readCertificates,
  type SignatureVerdict,
  verifyDetached,
  verifyTimestamp,
} from '../../sealing/index.ts';
import { readPems, readSmall, type StoredExhibit } from '../storedExhibit.ts';
import type { CertificateFacts, HeadFacts, SignatureFacts, StampFacts } from './data.ts';

/** What a paper says of a certificate. Names of more parts stand in one line, as in the certificate. */
export function certificateFacts(view: CertificateView): CertificateFacts {
  return {
    subject: inOneLine(view.x509.subject),
    issuer: inOneLine(view.x509.issuer),
    serial: view.serial,
    sha256: view.sha256,
    from: view.notBefore.toISOString(),
    until: view.notAfter.toISOString(),
  };
}

const inOneLine = (name: string): string => name.split('\n').join(', ');

/** Each signature that the record announces, with its time-stamp; what the verification found stands beside it. */
export async function signaturesOf(stored: StoredExhibit, result: VerificationResult): Promise<SignatureFacts[]> {
  return await Promise.all(
    stored.statement.signers.map(async ({ file, role, code }): Promise<SignatureFacts> => {
      const p7s = await readSmall(stored.folders, file);
      const verdict = p7s === null ? null : verifyDetached({ p7s, content: stored.record });
      return {
        ...{ file, role, code },
        certificate: signerOf(verdict),
        signingTime: verdict?.signingTime?.toISOString() ?? null,
        stamp: await stampOver(stored, `${file}.tsr`, p7s, result),
      };
    }),
  );
}

function signerOf(verdict: SignatureVerdict | null): CertificateFacts | null {
  return verdict === null || verdict.signer === null ? null : certificateFacts(verdict.signer);
}

/** The time-stamps over the log's head at the seal, and over the one that the record quotes as its anchor. */
export async function headStamps(
  stored: StoredExhibit,
  result: VerificationResult,
): Promise<{ sealStamp: StampFacts | null; anchorStamp: StampFacts | null }> {
  const anchored =
    stored.statement.anchor === null ? null : await readSmall(stored.folders, 'custody/anchor.checkpoint');
  const seal = stored.sealCheckpoint === null ? null : Buffer.from(stored.sealCheckpoint);
  return {
    sealStamp: await stampOver(stored, 'custody/seal.checkpoint.tsr', seal, result),
    anchorStamp: await stampOver(stored, 'custody/anchor.tsr', anchored, result),
  };
}

async function stampOver(
  { folders }: StoredExhibit,
  path: string,
  data: Uint8Array | null,
  { checks }: VerificationResult,
): Promise<StampFacts | null> {
  const tsr = data === null ? null : await readSmall(folders, path);
  if (tsr === null || data === null) return null;
  const { time, signer } = verifyTimestamp({ tsr, data, chain: [], roots: [] });
  const authority = [signer?.commonName ?? '', signer?.organization ?? ''].filter((name) => name !== '').join(', ');
  // `time.<file>` is the check's name, with the file's own name (docs/evidence-format.md, verifying).
  const name = `time.${(path.split('/').at(-1) ?? '').replace(/\.tsr$/, '')}`;
  const status = checks.find((check) => check.name === name)?.status ?? 'not-checked';
  return { time: time?.toISOString() ?? null, authority, status };
}

/** SHA-256 of the encrypted files at rest, by name, as the custody log has them since the seal or the import. */
export function storedDigests(log: Pick<CustodyLog, 'eventsOf'>, exhibit: string): Record<string, string> {
  const kept = z.looseObject({ stored: ExhibitSealedDetails.shape.stored });
  const event = log
    .eventsOf({ type: 'exhibit', id: exhibit })
    .findLast((one) => one.event.action === 'exhibit.sealed' || one.event.action === 'bag.imported');
  const parsed = kept.safeParse(event?.event.details);
  return parsed.success ? Object.fromEntries(parsed.data.stored.map(({ file, sha256 }) => [file, sha256])) : {};
}

/** Fingerprints of the roots of the station that recorded, which lie with the exhibit. */
export async function rootsOf({ folders }: StoredExhibit): Promise<string[]> {
  const pems = await readPems(folders, 'signatures/roots/station');
  return [...new Set(pems.flatMap((pem) => readCertificates(pem).map(({ sha256 }) => sha256)))];
}

export function headFacts({ size, root }: Pick<TreeHead, 'size' | 'root'>): HeadFacts {
  return { size, root: root.toString('base64') };
}

export const sealHead = ({ sealCheckpoint }: StoredExhibit): HeadFacts | null =>
  sealCheckpoint === null ? null : headFacts(parseCheckpoint(sealCheckpoint));

/** The maker's own certificate. */
export const makerCertificate = (certPem: string): CertificateFacts => certificateFacts(readCertificate(certPem));
