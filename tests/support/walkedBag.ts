import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CustodyEvent } from '../../src/shared/evidence/event.ts';
import { EvidencePreparation } from '../../src/shared/evidence/preparation.ts';
import { EvidenceRecord, type RecordPart, SegmentLine } from '../../src/shared/evidence/record.ts';
import { EvidenceSupplement } from '../../src/shared/evidence/supplement.ts';

/** An exported bag, read as a stranger would: plain files. */
export class WalkedBag {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every file by its path within the bag. */
  files(): string[] {
    return readdirSync(this.#folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => relative(this.#folder, join(one.parentPath, one.name)));
  }

  /** A file of the payload. */
  bytes(file: string): Buffer {
    return readFileSync(join(this.#folder, 'data', file));
  }

  text(file: string): string {
    return this.bytes(file).toString('utf8');
  }

  sha256(file: string): string {
    return createHash('sha256').update(this.bytes(file)).digest('hex');
  }

  record(): EvidenceRecord {
    return EvidenceRecord.parse(JSON.parse(this.text('record.json')));
  }

  preparation(): EvidencePreparation {
    return EvidencePreparation.parse(JSON.parse(this.text('attachments/preparation.json')));
  }

  supplement(n: number): EvidenceSupplement {
    return EvidenceSupplement.parse(JSON.parse(this.text(`supplements/${n}.json`)));
  }

  events(): CustodyEvent[] {
    return linesOf(this.text('custody/events.jsonl')).map((line) => CustodyEvent.parse(JSON.parse(line)));
  }

  segments(part: RecordPart): SegmentLine[] {
    const lines = linesOf(this.text(part.file.replace(/\.mp4$/, '.segments.jsonl')));
    return lines.map((line) => SegmentLine.parse(JSON.parse(line)));
  }

  /** The moment of each picture of a part, in milliseconds of its own clock, in order. */
  pictures(part: RecordPart): number[] {
    const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'];
    const said = execFileSync('ffprobe', [...args, join(this.#folder, 'data', part.file)], { encoding: 'utf8' });
    return linesOf(said).map((line) => Math.round(Number.parseFloat(line) * 1000));
  }

  /** The files that hold these words, as they stand on the disk. */
  holding(words: readonly string[]): string[] {
    return this.files().filter((file) => {
      const bytes = readFileSync(join(this.#folder, file));
      return words.some((one) => bytes.includes(one));
    });
  }
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
