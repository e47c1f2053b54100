import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { RecordingResult } from '../recorder/index.ts';

const Row = z.looseObject({
  number: z.string(),
  interview_id: z.string().nullable(),
  state: z.enum(['planned', 'recording', 'ended', 'secured', 'sealed']),
  recipient: z.string().nullable(),
  key_age: z.instanceof(Uint8Array).nullable(),
  result: z.string().nullable(),
  folders: z.string(),
  single_target_by: z.string().nullable(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  record: z.instanceof(Uint8Array).nullable(),
  record_sha256: z.string().nullable(),
  sealed_at: z.string().nullable(),
  seal_checkpoint: z.string().nullable(),
  seal_ms: z.number().int().nullable(),
  secured_at: z.string().nullable(),
  secure_reason: z.string().nullable(),
});

/** What the station keeps of an exhibit between plan and archive. */
export interface ExhibitRow {
  readonly number: string;
  readonly interview: string | null;
  readonly state: z.infer<typeof Row>['state'];
  readonly recipient: string | null;
  readonly keyAge: Uint8Array | null;
  readonly result: RecordingResult | null;
  readonly folders: readonly string[];
  readonly singleTargetBy: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly record: Uint8Array | null;
  readonly recordSha256: string | null;
  readonly sealedAt: string | null;
  readonly sealCheckpoint: string | null;
  readonly sealMs: number | null;
  readonly securedAt: string | null;
  readonly secureReason: string | null;
}

/** The table `exhibits`, read and written in one place. Writers are to be called inside a transaction. */
export class ExhibitRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws Refusal EXHIBIT_UNKNOWN */
  get(number: string): ExhibitRow {
    const row = this.#db.prepare('SELECT * FROM exhibits WHERE number = ?').get(number);
    if (row === undefined) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit: number });
    const parsed = Row.parse(row);
    return {
      number: parsed.number,
      interview: parsed.interview_id,
      state: parsed.state,
      recipient: parsed.recipient,
      keyAge: parsed.key_age,
      result: parsed.result === null ? null : RecordingResult.parse(JSON.parse(parsed.result)),
      folders: z.array(z.string()).parse(JSON.parse(parsed.folders)),
      singleTargetBy: parsed.single_target_by,
      startedAt: parsed.started_at,
      endedAt: parsed.ended_at,
      record: parsed.record,
      recordSha256: parsed.record_sha256,
      sealedAt: parsed.sealed_at,
      sealCheckpoint: parsed.seal_checkpoint,
      sealMs: parsed.seal_ms,
      securedAt: parsed.secured_at,
      secureReason: parsed.secure_reason,
    };
  }

  keyed(number: string, key: { recipient: string; keyAge: Uint8Array }, folders: readonly string[]): void {
    this.#run('UPDATE exhibits SET recipient = ?, key_age = ?, folders = ? WHERE number = ?', [
      key.recipient,
      Buffer.from(key.keyAge),
      JSON.stringify(folders),
      number,
    ]);
  }

  begun(number: string, startedAt: string, singleTargetBy: string | null): void {
    this.#run("UPDATE exhibits SET state = 'recording', started_at = ?, single_target_by = ? WHERE number = ?", [
      startedAt,
      singleTargetBy,
      number,
    ]);
  }

  ended(number: string, result: RecordingResult, by: string): void {
    this.#run(
      "UPDATE exhibits SET state = 'ended', result = ?, started_at = ?, ended_at = ?, stopped_by = ? WHERE number = ?",
      [JSON.stringify(result), result.startedAt, result.endedAt, by, number],
    );
  }

  secured(number: string, at: string, reason: string): void {
    this.#run("UPDATE exhibits SET state = 'secured', secured_at = ?, secure_reason = ? WHERE number = ?", [
      at,
      reason,
      number,
    ]);
  }

  /** What recovery made of a secured exhibit; the seal follows. */
  recovered(number: string, result: RecordingResult): void {
    this.#run('UPDATE exhibits SET result = ?, started_at = ?, ended_at = ? WHERE number = ?', [
      JSON.stringify(result),
      result.startedAt,
      result.endedAt,
      number,
    ]);
  }

  sealed(
    number: string,
    seal: {
      record: Uint8Array;
      recordSha256: string;
      sealedAt: string;
      index: number;
      size: number;
      sealMs: number | null;
    },
  ): void {
    this.#run(
      `UPDATE exhibits SET state = 'sealed', record = ?, record_sha256 = ?, sealed_at = ?, seal_index = ?, seal_size = ?, seal_ms = ?
       WHERE number = ? AND state <> 'sealed'`,
      [Buffer.from(seal.record), seal.recordSha256, seal.sealedAt, seal.index, seal.size, seal.sealMs, number],
    );
  }

  checkpointed(number: string, checkpoint: string): void {
    this.#run('UPDATE exhibits SET seal_checkpoint = ? WHERE number = ?', [checkpoint, number]);
  }

  #run(sql: string, parameters: readonly unknown[]): void {
    const { changes } = this.#db.prepare(sql).run(...parameters);
    if (changes !== 1) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit: String(parameters.at(-1)) });
  }
}
