import { isPracticeExhibit } from '../../shared/domain/practice.ts';
import type { VerificationResult } from '../../shared/evidence/verification.ts';
import { type ReadBag, readStatements, recordOf } from './bag.ts';
import { CheckBook } from './checkBook.ts';
import { checkCopy, checkSupplements, supplementTokens } from './checks/additions.ts';
import { checkComplete, checkManifest } from './checks/bag.ts';
import { checkContinued, eventsIn, logsOfBag } from './checks/continued.ts';
import {
  CHECKPOINT,
  checkCheckpoint,
  checkLogKey,
  checkProofs,
  checkSealToHead,
  SEAL_CHECKPOINT,
} from './checks/custody.ts';
import { checkHeads } from './checks/heads.ts';
import { checkAdditions } from './checks/logged.ts';
import { checkCanonical, checkPractice, checkSignersComplete } from './checks/record.ts';
import { checkSealBinding } from './checks/sealBinding.ts';
import { checkSequence } from './checks/sequence.ts';
import { checkHandover, checkTrusted, checkValid, readSignature } from './checks/signatures.ts';
import {
  checkAnchor,
  checkOrder,
  checkToken,
  isTrustedToken,
  readToken,
  type Token,
  type TokenPlace,
} from './checks/time.ts';
import { checkMerkle, checkParts, checkSegments } from './checks/tracks.ts';
import { checkWitnesses } from './checks/witnesses.ts';
import { type ReadEvents, readEvents } from './events.ts';
import { concluded } from './outcome.ts';
import { type ReadOptions, readBag } from './readBag.ts';
import type { BagSource } from './source.ts';
import { type ReadTrust, readTrust, type Trust } from './trust.ts';

export interface VerifyOptions extends Trust, ReadOptions {}

/**
 * Checks an evidence bag (EVIDENCE-FORMAT §6) against nothing but itself and whom the caller trusts: no station, no
 * database, no network, nothing written. Each file is read once. Bad evidence becomes failed checks, never an exception;
 * throws only what makes the bag unreadable (`BAG_UNREADABLE`, `AGE_…`), `TRUST_ROOT_UNREADABLE`, `LOG_KEY_MALFORMED` for
 * a witness's key, and the signal's reason.
 */
export async function verifyBag(source: BagSource, options: VerifyOptions = {}): Promise<VerificationResult> {
  const trust = readTrust(options);
  const bag = readStatements(await readBag(source, options));
  const events = readEvents(bag);
  const book = new CheckBook();
  await book.run('bag.complete', true, () => checkComplete(bag));
  await book.run('bag.manifest', true, () => checkManifest(bag));
  await book.run('bag.handover', true, () => checkHandover(bag, trust));
  await book.run('record.canonical', true, () => checkCanonical(bag));
  await book.run('record.signers-complete', true, () => checkSignersComplete(bag));
  if (isPracticeExhibit(recordOf(bag)?.exhibit ?? '')) await book.run('record.practice', true, checkPractice);
  await signaturesAndTime(book, { bag, events, trust });
  await tracks(book, bag, events);
  await custody(book, bag, events, trust);
  const tokens = await supplementTimes(book, { bag, events, trust });
  await book.run('supplements', true, () => checkSupplements(bag, trust, tokens));
  for (const id of bag.copies.keys()) await book.run(`copies.${id}`, true, () => checkCopy(bag, trust, id));
  return concluded(bag, events, book.checks());
}

/** The announced signatures and the outside times of a bag, or of an exhibit as it is stored. */
export async function signaturesAndTime(book: CheckBook, place: TokenPlace): Promise<void> {
  const { bag, trust } = place;
  const record = recordOf(bag);
  if (record === null) return;
  const tokens: Token[] = [];
  const signers = new Map(record.signers.map((signer) => [nameOf(signer.file), signer]));
  for (const [name, signer] of signers) {
    const file = `data/${signer.file}`;
    const verdict = readSignature(bag, file, 'data/record.json');
    const token = readToken(place, name, `${file}.tsr`, file);
    tokens.push(token);
    const at = isTrustedToken(token, trust) ? (token.verdict?.time ?? null) : null;
    await book.run(`signature.${name}.valid`, true, () => checkValid(file, verdict, signer.cert_sha256));
    await book.run(`signature.${name}.trusted`, true, () =>
      checkTrusted(bag, trust, { file, verdict, roles: [signer.role], at }),
    );
  }
  const seal = readToken(place, 'seal.checkpoint', `${SEAL_CHECKPOINT}.tsr`, SEAL_CHECKPOINT);
  const head = readToken(place, 'checkpoint', `${CHECKPOINT}.tsr`, CHECKPOINT);
  for (const token of [...tokens, seal, head]) {
    await book.run(`time.${token.name}`, token.verdict !== null || !token.asLogged, () => checkToken(token, trust));
  }
  if (record.anchor !== null) {
    const anchor = readToken(place, 'anchor', 'data/custody/anchor.tsr', 'data/custody/anchor.checkpoint');
    await book.run('time.anchor', anchor.verdict !== null, () => checkAnchor(bag, record, anchor, trust));
  }
  await book.run(
    'time.order',
    tokens.some((token) => token.verdict !== null),
    () => checkOrder(record, [...tokens, seal]),
  );
}

/** The outside times of supplements; gives their tokens. */
export async function supplementTimes(book: CheckBook, place: TokenPlace): Promise<Token[]> {
  const tokens = supplementTokens(place);
  for (const token of tokens) {
    // What came after the export, or has not come yet, is no part of this.
    if (token.verdict === null && token.asLogged) continue;
    await book.run(`time.${token.name}`, true, () => checkToken(token, place.trust));
  }
  return tokens;
}

async function tracks(book: CheckBook, bag: ReadBag, events: ReadEvents): Promise<void> {
  const byId = new Map((recordOf(bag)?.tracks ?? []).map((track) => [track.id, track]));
  for (const [id, track] of byId) {
    await book.run(`track.${id}.parts`, true, () => checkParts(bag, track));
    await book.run(`track.${id}.segments`, true, () => checkSegments(bag, track));
    await book.run(`track.${id}.merkle`, true, () => checkMerkle(bag, track));
    await book.run(`track.${id}.heads`, true, () => checkHeads(bag, events, track));
  }
}

async function custody(book: CheckBook, bag: ReadBag, events: ReadEvents, trust: ReadTrust): Promise<void> {
  const key = checkLogKey(bag);
  const head = checkCheckpoint(bag, key.value, CHECKPOINT);
  const logs = logsOfBag(bag, { key: key.value, head: head.value });
  const origins = logs.flatMap((log) => log.key?.name ?? []);
  // In a bag of one log every event is looked for in it.
  const own = logs.length > 1 ? eventsIn(events, { key: key.value }) : events;
  const proofs = checkProofs(bag, own, head.value);
  await book.run('custody.log-key', true, () => key.finding);
  await book.run('custody.checkpoint', true, () => head.finding);
  await book.run('custody.proofs', true, () => proofs.finding);
  if (logs.length > 1) await book.run('custody.continued', true, () => checkContinued(bag, logs, events));
  await book.run('custody.sequence', true, () => checkSequence(bag, events, origins));
  await book.run('custody.seal-binding', true, () => checkSealBinding(bag, events));
  await book.run('custody.seal-to-head', true, () => checkSealToHead(bag, key.value, head.value, proofs.value, own));
  await book.run('custody.additions', true, () => checkAdditions(bag, events));
  await book.run('custody.witnesses', trust.witnesses.length > 0, () =>
    checkWitnesses(bag, logs, proofs.value, own, trust.witnesses),
  );
}

const nameOf = (file: string): string => file.split('/').at(-1) ?? '';
