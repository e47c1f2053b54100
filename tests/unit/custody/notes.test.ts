import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  addSignatures,
  consistencyProof,
  cosign,
  encodeConsistency,
  encodeTlogProof,
  inclusionProof,
  joinHeads,
  newLogKey,
  nodesOf,
  parseCheckpoint,
  parseConsistency,
  parseHeads,
  parseNote,
  parseSkey,
  parseTlogProof,
  parseVkey,
  rootOf,
  signCheckpoint,
  signNote,
  verifyCheckpoint,
  verifyNote,
  verifyTlogProof,
} from '../../../src/main/custody/index.ts';

const ORIGIN = 'station.example/custody';
const code = (name: string) => expect.objectContaining({ code: name });
const leaves = Array.from({ length: 11 }, (_, i) => Buffer.from(`{"n":${i}}`));
const head = { origin: ORIGIN, size: leaves.length, root: rootOf(nodesOf(leaves), leaves.length) };
/** An Ed25519 witness: the same kind of key under the type of cosignatures. */
function newWitness(name: string) {
  const { signer, vkey } = newLogKey(name);
  // name + id in hex + base64, which may hold a plus of its own
  const data = vkey.slice(name.length + 10);
  return { signer, verifier: witnessVkey(name, Buffer.from(data, 'base64').subarray(1)) };
}

describe('keys of notes', () => {
  it('match the ones that Go wrote', () => {
    // The example of golang.org/x/mod/sumdb/note.
    const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(parseSkey(skey).vkey).toBe(vkey);
    const text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
    expect(signNote(text, parseSkey(skey))).toBe(note);
    expect(verifyNote(note, [parseVkey(vkey)]).text).toBe(text);
  });

  it.each(['', 'a+b', 'a b', 'a\u00a0b', 'a\nb', 'x'.repeat(201)])('refuse the name %j', (name) => {
    expect(() => newLogKey(name)).toThrow(code('LOG_KEY_MALFORMED'));
  });

  it('refuse what was changed', () => {
    const { skey, vkey } = newLogKey(ORIGIN);
    expect(parseSkey(skey).vkey).toBe(vkey);
    for (const wrong of [
      '',
      'x',
      vkey.slice(0, -1),
      vkey.replace('station', 'Station'),
      `${vkey}=`,
      vkey.replace('+A', '+B'),
    ]) {
      expect(() => parseVkey(wrong), wrong).toThrow(code('LOG_KEY_MALFORMED'));
      expect(() => parseSkey(`PRIVATE+KEY+${wrong}`), wrong).toThrow(code('LOG_KEY_MALFORMED'));
    }
  });
});

describe('a signed note', () => {
  const { signer, vkey } = newLogKey(ORIGIN);
  const known = parseVkey(vkey);
  const note = signNote('first\n\nsecond\n', signer);

  it('is divided at its last empty line', () => {
    expect(parseNote(note)).toMatchObject({ text: 'first\n\nsecond\n', signatures: [{ name: ORIGIN }] });
    expect(verifyNote(note, [known]).signedBy).toEqual([known]);
  });

  it('is refused if a letter or the signature was changed', () => {
    expect(() => verifyNote(note.replace('first', 'First'), [known])).toThrow(code('CHECKPOINT_WRONG_KEY'));
    const other = signNote('other\n', signer).split('\n\n')[1] ?? '';
    expect(() => verifyNote(`first\n\nsecond\n\n${other}`, [known])).toThrow(code('CHECKPOINT_WRONG_KEY'));
  });

  it('is refused with keys that did not sign, also one of the same name', () => {
    expect(() => verifyNote(note, [])).toThrow(code('CHECKPOINT_WRONG_KEY'));
    expect(() => verifyNote(note, [parseVkey(newLogKey(ORIGIN).vkey)])).toThrow(code('CHECKPOINT_WRONG_KEY'));
  });

  it('passes over signatures of unknown keys', () => {
    const both = signNote('text\n', newLogKey('other.example').signer, signer);
    expect(verifyNote(both, [known]).signedBy).toEqual([known]);
  });

  it.each([
    '',
    'text\n',
    'text\n\n',
    'text\n\nno signature\n',
    `text\n\n— ${ORIGIN} AAAA\n`,
    `${note}x`,
    note.slice(0, -1),
    note.replace('\n', '\r\n'),
    note.replace('— ', '- '),
    note.replace('first', 'fi\trst'),
  ])('is malformed: %j', (text) => {
    expect(() => verifyNote(text, [known])).toThrow(code('CHECKPOINT_MALFORMED'));
  });

  it('cannot be made of text that is not a note', () => {
    for (const text of ['', 'no newline', 'a\0b\n', '\ud800\n'])
      expect(() => signNote(text, signer)).toThrow(code('CHECKPOINT_MALFORMED'));
  });
});

describe('a checkpoint', () => {
  const { signer, vkey } = newLogKey(ORIGIN);
  const known = parseVkey(vkey);
  const checkpoint = signCheckpoint(head, signer);

  it('round-trips', () => {
    expect(parseCheckpoint(checkpoint)).toEqual(head);
    expect(verifyCheckpoint(checkpoint, ORIGIN, [known])).toMatchObject({ ...head, signedBy: [known], cosignedBy: [] });
  });

  it('of another log, or by another key, is refused', () => {
    const elsewhere = signCheckpoint({ ...head, origin: 'other.example/custody' }, signer);
    expect(() => verifyCheckpoint(elsewhere, ORIGIN, [known])).toThrow(code('CHECKPOINT_WRONG_KEY'));
    expect(() => verifyCheckpoint(checkpoint, ORIGIN, [parseVkey(newLogKey(ORIGIN).vkey)])).toThrow(
      code('CHECKPOINT_WRONG_KEY'),
    );
  });

  it.each(['01', '-1', '1.5', '', '9007199254740993', 'x'])('is refused with the size %j', (size) => {
    const text = `${ORIGIN}\n${size}\n${head.root.toString('base64')}\n`;
    expect(() => parseCheckpoint(signNote(text, signer))).toThrow(code('CHECKPOINT_MALFORMED'));
  });

  it('is refused with a root that is no hash, without an origin, or with an empty line', () => {
    for (const text of [
      `${ORIGIN}\n1\nAAAA\n`,
      `\n1\n${head.root.toString('base64')}\n`,
      `${ORIGIN}\n1\n`,
      `${ORIGIN}\n1\n${head.root.toString('base64')}\n\nx\n`,
    ]) {
      expect(() => parseCheckpoint(signNote(text, signer)), text).toThrow(code('CHECKPOINT_MALFORMED'));
    }
    expect(() => signCheckpoint({ ...head, origin: 'a\nb' }, signer)).toThrow(code('CHECKPOINT_MALFORMED'));
  });

  it('is cosigned by witnesses, each with its time; a wrong cosignature refuses it', () => {
    const witness = newWitness('witness.example/w1');
    const at = new Date('2026-11-21T10:14:00Z');
    const text = parseNote(checkpoint).text;
    const cosigned = addSignatures(checkpoint, cosign(text, witness.signer, witness.verifier, at));
    const { cosignedBy } = verifyCheckpoint(cosigned, ORIGIN, [known, witness.verifier]);
    expect(cosignedBy).toEqual([{ witness: witness.verifier, at }]);
    expect(verifyCheckpoint(cosigned, ORIGIN, [known]).cosignedBy).toEqual([]);
    // A witness alone does not make it the log's.
    expect(() => verifyCheckpoint(cosigned, ORIGIN, [witness.verifier])).toThrow(code('CHECKPOINT_WRONG_KEY'));
    const wrong = addSignatures(checkpoint, cosign('other\n', witness.signer, witness.verifier, at));
    expect(() => verifyCheckpoint(wrong, ORIGIN, [known, witness.verifier])).toThrow(code('CHECKPOINT_WRONG_KEY'));
  });

  it('of the C2SP text carries the cosignature of its witness', () => {
    const example =
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n';
    expect(parseCheckpoint(example)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(parseNote(example).signatures.map((one) => one.signature.length)).toEqual([64, 72]);
  });
});

describe('a heads file', () => {
  const exhibit = 'st-2026-000001';
  const { signer, vkey } = newLogKey(exhibit);
  const heads = [1, 5, 11].map((size) =>
    signCheckpoint({ origin: `${exhibit}/room.2`, size, root: rootOf(nodesOf(leaves), size) }, signer),
  );

  it('is divided into its checkpoints, which the key of the recording signed', () => {
    const parts = parseHeads(joinHeads(heads));
    expect(parts).toEqual(heads);
    const sizes = parts.map((one) => verifyCheckpoint(one, `${exhibit}/room.2`, [parseVkey(vkey)]).size);
    expect(sizes).toEqual([1, 5, 11]);
    expect(parseHeads('')).toEqual([]);
  });

  it('that was cut off keeps its whole ones where that is allowed', () => {
    const text = joinHeads(heads);
    for (const length of [text.length - 1, text.length - 30, text.length - 120, text.length - 170]) {
      expect(() => parseHeads(text.slice(0, length))).toThrow(code('CHECKPOINT_MALFORMED'));
      expect(parseHeads(text.slice(0, length), { cutOff: true })).toEqual(heads.slice(0, 2));
    }
  });

  it('with rubbish in its midst is refused, cut off or not', () => {
    for (const text of [
      [heads[0], 'rubbish\n', heads[1]].join('\n'),
      [...heads, ...heads, ...heads, 'rubbish\n', heads[1]].join('\n'),
      [...heads, ...heads, (heads[0] ?? '').slice(0, -40), heads[1]].join('\n'),
    ]) {
      expect(() => parseHeads(text)).toThrow(code('CHECKPOINT_MALFORMED'));
      expect(() => parseHeads(text, { cutOff: true })).toThrow(code('CHECKPOINT_MALFORMED'));
    }
  });
});

describe('a proof file', () => {
  const { signer, vkey } = newLogKey(ORIGIN);
  const known = [parseVkey(vkey)];
  const checkpoint = signCheckpoint(head, signer);
  const nodes = nodesOf(leaves);
  const proofOf = (index: number) =>
    encodeTlogProof({ index, hashes: inclusionProof(nodes, index, leaves.length), checkpoint });

  it('proves each leaf, and no other', () => {
    leaves.forEach((leaf, index) => {
      expect(verifyTlogProof(proofOf(index), leaf, ORIGIN, known)).toMatchObject({ index, size: leaves.length });
      expect(() => verifyTlogProof(proofOf((index + 1) % leaves.length), leaf, ORIGIN, known)).toThrow(
        code('PROOF_INVALID'),
      );
    });
  });

  it('of the only leaf has no hashes', () => {
    const one = signCheckpoint({ origin: ORIGIN, size: 1, root: rootOf(nodes, 1) }, signer);
    const text = encodeTlogProof({ index: 0, hashes: [], checkpoint: one });
    expect(text.startsWith('c2sp.org/tlog-proof@v1\nindex 0\n\nstation')).toBe(true);
    expect(verifyTlogProof(text, leaves[0] ?? Buffer.of(), ORIGIN, known).size).toBe(1);
  });

  it('may carry extra data, and nothing else', () => {
    const good = proofOf(3);
    expect(parseTlogProof(good.replace('index', 'extra AAAA\nindex')).index).toBe(3);
    for (const wrong of [
      '',
      'x',
      good.replace('@v1', '@v2'),
      good.replace('index 3', 'index 03'),
      good.replace('index 3\n', ''),
      good.replace('index', 'extra A\nextra A\nindex'),
      good.replace(/\n[A-Za-z0-9+/]{43}=\n/, '\nAAAA\n'),
    ]) {
      expect(() => parseTlogProof(wrong), wrong).toThrow(code('PROOF_MALFORMED'));
    }
  });

  it('of consistency round-trips', () => {
    const hashes = consistencyProof(nodes, 6, 11);
    expect(parseConsistency(encodeConsistency(hashes))).toEqual(hashes);
    expect(parseConsistency(encodeConsistency([]))).toEqual([]);
    for (const wrong of ['x', '\n', encodeConsistency(hashes).slice(0, -1)]) {
      expect(() => parseConsistency(wrong)).toThrow(code('PROOF_MALFORMED'));
    }
  });
});

function witnessVkey(name: string, raw: Uint8Array) {
  const data = Buffer.concat([Buffer.of(4), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(data).digest('hex').slice(0, 8);
  return parseVkey(`${name}+${id}+${data.toString('base64')}`);
}
