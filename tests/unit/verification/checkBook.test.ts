import { describe, expect, it } from 'vitest';
import { CheckBook, failed, notChecked, passed } from '../../../src/main/verification/checkBook.ts';
import { outcomeOf } from '../../../src/main/verification/outcome.ts';
import { checkFamilies, checkFamily } from '../../../src/shared/evidence/checkNames.ts';
import { reasonCodes } from '../../../src/shared/evidence/verificationReasons.ts';
import { languages, words } from '../../../src/shared/i18n/index.ts';

async function outcomeWith(...findings: [boolean, ReturnType<typeof passed>][]): Promise<string> {
  const book = new CheckBook();
  for (const [index, [mandatory, finding]] of findings.entries())
    await book.run(`x.${index}`, mandatory, () => finding);
  return outcomeOf(book.checks());
}

describe('checks and what follows from them', () => {
  it('fails a check that throws, with what it threw made printable', async () => {
    const book = new CheckBook();
    await book.run('a.b', true, () => {
      throw new Error('bad\u001b[1m');
    });
    expect(book.checks()[0]).toMatchObject({
      status: 'fail',
      reason: { code: 'unreadable', params: { what: 'Error: bad?[1m' } },
    });
  });

  it('is trusted only if everything mandatory passed, and failed if anything failed', async () => {
    expect(await outcomeWith([true, passed()], [false, notChecked('no-token')])).toBe('trusted');
    expect(await outcomeWith([true, passed()], [true, notChecked('no-trust-given')])).toBe('unestablished');
    expect(await outcomeWith([true, notChecked('no-trust-given')], [false, failed('token-invalid')])).toBe('failed');
  });

  it.each([
    ['track.room.heads', 'track-heads', 'room'],
    ['signature.record.json.station.p7s.valid', 'signature-valid', 'record.json.station.p7s'],
    ['time.order', 'time-order', ''],
    ['time.seal.checkpoint', 'time-token', 'seal.checkpoint'],
    ['copies.redacted-1', 'copies', 'redacted-1'],
    ['custody.seal-to-head', 'custody-seal-to-head', ''],
    ['track.room.segments.2', 'track-segments', 'room (2)'],
    ['stored.1', 'stored', '1'],
    ['signature.valid', 'signatures-valid', ''],
    ['something.new', 'other', 'something.new'],
  ])('knows what %s is', (name, family, item) => {
    expect(checkFamily(name)).toEqual({ family, item });
  });

  it('has words for every check and reason in each language, with the same parameters', () => {
    const parameters = (text: string): string[] =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
    const english = words.en.verify;
    for (const { id } of languages) {
      const { verify } = words[id];
      expect(Object.keys(verify.reason).sort()).toEqual([...reasonCodes].sort());
      expect(Object.keys(verify.check).sort()).toEqual([...checkFamilies].sort());
      for (const code of reasonCodes)
        expect(parameters(verify.reason[code]), `${id} ${code}`).toEqual(parameters(english.reason[code]));
      for (const family of checkFamilies)
        expect(parameters(verify.check[family])).toEqual(parameters(english.check[family]));
    }
  });
});
