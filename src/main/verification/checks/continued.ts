import { isRefusal } from '../../../shared/errors.ts';
import { CustodyEvent } from '../../../shared/evidence/event.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import {
  checkContinuation,
  leafHash,
  type NoteVerifier,
  parseTlogProof,
  parseVkey,
  type VerifiedCheckpoint,
  verifyCheckpoint,
  verifyInclusion,
} from '../../custody/index.ts';
import type { ReadBag } from '../bag.ts';
import { type Finding, judged, notChecked } from '../checkBook.ts';
import type { ReadEvents } from '../events.ts';
import { parseJson } from '../json.ts';
import { proofsProblems, textOf } from './custody.ts';

const HOME = 'data/custody';
const OTHER = /^data\/custody\/(before|after)\/([1-9][0-9]{0,2})\//;

/** A log of the bag: its folder and, where they can be read, its key and the head that its events are proved to. */
export interface LogOfBag {
  readonly folder: string;
  readonly key: NoteVerifier | null;
  readonly head: VerifiedCheckpoint | null;
}

/**
 * The logs that a bag's events stand in, oldest first (EVIDENCE-FORMAT §4): the one that the record names and, where the
 * station was restored from a backup, those before and after it. `home` is the record's.
 */
export function logsOfBag(bag: ReadBag, home: Omit<LogOfBag, 'folder'>): readonly LogOfBag[] {
  const numbers = { before: new Set<number>(), after: new Set<number>() };
  for (const path of bag.contents.files.keys()) {
    const [, side, n] = OTHER.exec(path) ?? [];
    if (side === 'before' || side === 'after') numbers[side].add(Number(n));
  }
  const inOrder = (side: 'before' | 'after') =>
    [...numbers[side]].sort((a, b) => a - b).map((n) => readLog(bag, `${HOME}/${side}/${n}`));
  return [...inOrder('before'), { folder: HOME, ...home }, ...inOrder('after')];
}

/**
 * `custody.continued`: each log goes on from the one before it (the old key signed its last head and named the new key, the
 * new log's first event quotes that head), and every event of the exhibit is in the log that it names.
 */
export function checkContinued(bag: ReadBag, logs: readonly LogOfBag[], read: ReadEvents): Finding {
  const home = logs.find(({ folder }) => folder === HOME);
  if (home?.key === null) return notChecked('needs-other-check', { check: 'custody.log-key' });
  if (home?.head === null) return notChecked('needs-other-check', { check: 'custody.checkpoint' });
  const reasons: CheckReason[] = [];
  for (const [at, log] of logs.entries()) {
    const earlier = logs[at - 1];
    if (earlier !== undefined && !goesOn(bag, earlier, log)) reasons.push(broken(log));
    if (log.folder === HOME) continue;
    if (log.head === null) reasons.push(broken(log));
    else reasons.push(...proofsProblems(bag, eventsIn(read, log), log.head, log.folder).reasons);
  }
  return judged(reasons, { logs: logs.length });
}

/** The events that name this log, in their order. */
export function eventsIn(read: ReadEvents, { key }: Pick<LogOfBag, 'key'>): ReadEvents {
  if ('problem' in read || key === null) return read;
  return { events: read.events.filter(({ event }) => event.log === key.name) };
}

const broken = ({ folder }: LogOfBag): CheckReason => ({
  code: 'continuation-invalid',
  params: { file: folder.slice('data/'.length) },
});

function readLog(bag: ReadBag, folder: string): LogOfBag {
  try {
    const key = parseVkey(textOf(bag, `${folder}/log.vkey`)?.replace(/\n$/, '') ?? '');
    return { folder, key, head: verifyCheckpoint(textOf(bag, `${folder}/checkpoint`) ?? '', key.name, [key]) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { folder, key: null, head: null };
  }
}

function goesOn(bag: ReadBag, earlier: LogOfBag, log: LogOfBag): boolean {
  const bytes = bag.contents.texts.get(`${log.folder}/first.json`);
  const checkpoint = textOf(bag, `${log.folder}/checkpoint`);
  const closing = textOf(bag, `${earlier.folder}/checkpoint`);
  if (bytes === undefined || closing === undefined || earlier.key === null || log.key === null || log.head === null)
    return false;
  const first = parseJson('first.json', bytes, CustodyEvent);
  if (!('value' in first) || first.value.log !== log.key.name) return false;
  try {
    const proof = parseTlogProof(textOf(bag, `${log.folder}/first.tlog-proof`) ?? '');
    const proved =
      proof.index === 0 &&
      proof.checkpoint === checkpoint &&
      verifyInclusion(leafHash(bytes), 0, log.head.size, proof.hashes, log.head.root);
    const head = checkContinuation(closing, earlier.key.vkey, first.value, log.key.vkey);
    return proved && typeof head !== 'string';
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
