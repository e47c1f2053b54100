/** What was time-stamped: a signature of the record or of a supplement, by whom. */
export interface Stamped {
  /** `other` = a signature in a file of a name that we do not give. */
  readonly of: 'record' | 'supplement' | 'other';
  /** Which supplement; null otherwise. */
  readonly n: number | null;
  /** The signer's code, `station` for the station; null where that is not known. */
  readonly by: string | null;
}

const RECORD = /^signatures\/record\.json\.(.+)\.p7s$/;
const SUPPLEMENT = /^supplements\/([1-9]\d*)\.json\.(.+)\.p7s$/;

/** Reads it from the file's path in the exhibit (EVIDENCE-FORMAT §1): `supplements/1.json.station.p7s`. */
export function stampedWhat(file: string): Stamped {
  const [, signer] = RECORD.exec(file) ?? [];
  if (signer !== undefined) return { of: 'record', n: null, by: signer };
  const [, n, by] = SUPPLEMENT.exec(file) ?? [];
  return n === undefined || by === undefined
    ? { of: 'other', n: null, by: null }
    : { of: 'supplement', n: Number(n), by };
}
