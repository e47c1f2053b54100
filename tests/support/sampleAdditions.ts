import { createHash } from 'node:crypto';
import { type BagFile, bagFile } from '../../src/main/archive/bag/index.ts';
import { storeBeside } from '../../src/main/attachments/besideFiles.ts';
import { readCertificate, signDetached } from '../../src/main/sealing/index.ts';
import { canonicalBytes } from '../../src/shared/domain/canonical.ts';
import { EvidenceSupplement } from '../../src/shared/evidence/supplement.ts';
import { SAMPLE_EXHIBIT, type SampleExhibit } from './sampleExhibit.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A file that is kept with the sample's interview before its seal. */
export interface SampleFile {
  /** As the record or the statement names it. */
  readonly file: string;
  readonly mediaType: string;
  readonly title: string;
  readonly content: Buffer;
}

/** As the record names it. */
export const attachmentOf = ({ file, mediaType, title, content }: SampleFile) => ({
  ...{ file, media_type: mediaType, sha256: sha256(content), title },
});

/** The next supplement of a sealed sample, added and logged as a station does; `files` relative to `supplements/`. */
export async function supplementOf(
  { log, keys, record, vault, actor, subject }: SampleExhibit,
  { n, prev, at, files }: { n: number; prev: string | null; at: Date; files: readonly SampleFile[] },
): Promise<{
  readonly sha256: string;
  readonly signed: readonly (readonly [string, Buffer])[];
  readonly bag: BagFile[];
}> {
  const signers = [
    { code: 'st1', role: 'station', name: 'station', ...keys.station } as const,
    { code: actor.id, role: 'officer', name: actor.id, ...keys.officer } as const,
  ];
  const statement = canonicalBytes(
    EvidenceSupplement.parse({
      format: 'birret-supplement/1',
      ...{ exhibit: SAMPLE_EXHIBIT, n, record_sha256: sha256(record), prev, at: at.toISOString() },
      attachments: files.map(attachmentOf),
      signers: signers.map(({ code, role, name, certPem }) => ({
        ...{ file: `${n}.json.${name}.p7s`, role, code, cert_sha256: readCertificate(certPem).sha256 },
      })),
    }),
  );
  const signed = signers.map(({ name, certPem, privateKey }) => {
    const p7s = signDetached({ content: statement, certPem, privateKey, signingTime: at });
    return [`supplements/${n}.json.${name}.p7s`, p7s] as const;
  });
  const stored: { target: number; file: string; bytes: number; sha256: string }[] = [];
  for (const { file, content } of files) {
    const path = `supplements/${file}`;
    const { storedBytes, storedSha256 } = await storeBeside([vault.folder], path, vault.recipient, [content]);
    stored.push({ target: 0, file: `${path}.age`, bytes: storedBytes, sha256: storedSha256 });
  }
  log.append({
    action: 'supplement.added',
    actor,
    details: {
      ...{ n, supplement_sha256: sha256(statement), stored },
      p7s: signed.map(([path, p7s]) => ({ file: path.slice('supplements/'.length), sha256: sha256(p7s) })),
    },
    subject,
  });
  const bag = [
    bagFile(`supplements/${n}.json`, statement),
    ...signed.map(([path, p7s]) => bagFile(path, p7s)),
    ...files.map(({ file, content }) => bagFile(`supplements/${file}`, content)),
  ];
  return { sha256: sha256(statement), signed, bag };
}
