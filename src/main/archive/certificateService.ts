import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Language } from '../../shared/contract/common.ts';
import type { Certified } from '../../shared/contract/exhibits.ts';
import { isPracticeExhibit } from '../../shared/domain/practice.ts';
import { Refusal } from '../../shared/errors.ts';
import type { VerificationResult } from '../../shared/evidence/verification.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import { NewFile } from '../papers/index.ts';
import type { Clock } from '../platform/clock.ts';
import { runInThread } from '../platform/thread.ts';
import type { Hand } from '../sealing/index.ts';
import type { Actor, ArchiveService, Control } from './archiveService.ts';
import type { PaperData } from './certificate/data.ts';
import {
  headFacts,
  headStamps,
  makerCertificate,
  rootsOf,
  sealHead,
  signaturesOf,
  storedDigests,
} from './certificate/gather.ts';
import type { StoredExhibit } from './storedExhibit.ts';

export interface CertificateNeeds {
  readonly db: Database;
  readonly archive: Pick<ArchiveService, 'stored' | 'verify'>;
  readonly custody: CustodyLog;
  readonly clock: Clock;
  /** Where the station stands in time, as IANA names it. */
  readonly timeZone: () => string;
  readonly software: { readonly name: string; readonly version: string };
  readonly station: () => { readonly name: string; readonly court: string };
  readonly logSigner: () => NoteSigner;
  /** The witnesses of this log by their keys, under the names that people here use. */
  readonly witnesses: () => readonly { readonly vkey: string; readonly name: string }[];
}

export interface CertifyRequest {
  readonly exhibit: string;
  readonly language: Language;
  readonly folder: string;
  /** The file's own name; null takes the exhibit number and the language. */
  readonly name: string | null;
}

/** How much of the work is the verification. */
const VERIFYING = 0.97;

/** Certificates of authenticity: the exhibit verified now, and what came of it as a paper (PDF) for a court. */
export class CertificateService {
  readonly #needs: CertificateNeeds;

  constructor(needs: CertificateNeeds) {
    this.#needs = needs;
  }

  /**
   * Verifies the stored exhibit in full and writes a certificate of it into `folder`, signed for by `hand` (`name` is that
   * person's). What could not be checked is said in it. The file's digest goes on record before it gets its name.
   * @throws Refusal PRACTICE_NO_EVIDENCE, CERTIFICATE_CHECK_FAILED where a check failed, EXPORT_EXISTS, PAPER_NOT_WRITTEN, STATION_KEYS_LOCKED,
   * and what `ArchiveService.verify` throws
   */
  async certify(
    request: CertifyRequest,
    { hand, name }: { readonly hand: Hand; readonly name: string },
    vaultIdentity: string,
    control: Control,
  ): Promise<Certified> {
    const { archive, custody, clock, logSigner } = this.#needs;
    const { exhibit, language } = request;
    if (isPracticeExhibit(exhibit)) throw new Refusal('PRACTICE_NO_EVIDENCE', { exhibit });
    const signer = logSigner();
    const path = join(request.folder, request.name ?? `${exhibit}-${language}.pdf`);
    const file = new NewFile(path);
    await file.ready();
    const actor: Actor = { id: hand.code, role: hand.role };
    const result = await archive.verify(exhibit, actor, vaultIdentity, {
      ...control,
      progress: (done) => control.progress(done * VERIFYING),
    });
    const failed = result.checks.find(({ status }) => status === 'fail');
    if (failed !== undefined) throw new Refusal('CERTIFICATE_CHECK_FAILED', { exhibit, check: failed.name });

    const size = custody.size();
    const checkpoint = custody.checkpoint(signer, size);
    const log = { origin: custody.origin, vkey: signer.vkey, head: headFacts({ size, root: custody.root(size) }) };
    const at = clock.now().toISOString();
    const data = await this.#paper(archive.stored(exhibit), result, { request, name, hand, at, log });
    const thread = { name: 'certificate/drawThread', beside: import.meta.url, data };
    const drawn = await runInThread(thread, { signal: control.signal, onProgress: () => undefined });
    const pdf = z.instanceof(Uint8Array).parse(drawn);
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    try {
      await file.fill(pdf);
      control.signal.throwIfAborted();
      this.#putOnRecord(exhibit, actor, { sha256, language, result, size, checkpoint });
      await this.#finish(file, exhibit, actor);
    } finally {
      await file.discard();
    }
    control.progress(1);
    return { path, sha256, outcome: result.outcome };
  }

  #putOnRecord(
    exhibit: string,
    actor: Actor,
    made: { sha256: string; language: Language; result: VerificationResult; size: number; checkpoint: string },
  ): void {
    const { db, custody } = this.#needs;
    const { outcome, summary } = made.result;
    db.transaction(() => {
      // A head that is printed has left the station: the log is held to it from now on.
      custody.keepHead(made.checkpoint, null);
      custody.append({
        action: 'authenticity.certified',
        actor,
        subject: { type: 'exhibit', id: exhibit },
        details: {
          certificate_sha256: made.sha256,
          language: made.language,
          outcome,
          checks: { passed: summary.passed, failed: summary.failed, not_checked: summary.not_checked },
          checkpoint_size: made.size,
        },
      });
    })();
  }

  /** What is on record and could not be given its name after all is on record too. */
  async #finish(file: NewFile, exhibit: string, actor: Actor): Promise<void> {
    try {
      await file.finish();
    } catch (error) {
      const subject = { type: 'exhibit', id: exhibit } as const;
      this.#needs.custody.append({ action: 'authenticity.not-written', actor, subject, details: {} });
      throw error;
    }
  }

  async #paper(
    stored: StoredExhibit,
    result: VerificationResult,
    made: {
      request: CertifyRequest;
      name: string;
      hand: Hand;
      at: string;
      log: Omit<PaperData['log'], 'seal'>;
    },
  ): Promise<PaperData> {
    const { custody, software, station, timeZone, witnesses } = this.#needs;
    const names = new Map(witnesses().map(({ vkey, name }) => [vkey, name]));
    // The newest head that each of them signed; of those that are still gone by.
    const newest = new Map(custody.cosignatures().map((one) => [one.witness, one]));
    return {
      language: made.request.language,
      at: made.at,
      timeZone: timeZone(),
      software: `${software.name} ${software.version}`,
      station: station(),
      maker: { name: made.name, role: made.hand.role, certificate: makerCertificate(made.hand.certPem) },
      record: stored.statement,
      recordBytes: stored.record.length,
      recordSha256: stored.recordSha256,
      stored: storedDigests(custody, stored.number),
      signatures: await signaturesOf(stored, result),
      ...(await headStamps(stored, result)),
      roots: await rootsOf(stored),
      log: { ...made.log, seal: sealHead(stored) },
      witnesses: [...newest.values()].flatMap(({ witness, size, at }) => {
        const name = names.get(witness);
        return name === undefined ? [] : [{ name, size, at }];
      }),
      verification: result,
      verifiedAt: made.at,
    };
  }
}
