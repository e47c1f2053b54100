import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProfile } from '../../../src/main/jurisdiction/index.ts';
import { isRefusal, type Refusal } from '../../../src/shared/errors.ts';
import { sentenceOf } from '../../../src/shared/i18n/index.ts';
import { islandPath, kzPath } from '../../support/profiles.ts';

const island = readFileSync(islandPath, 'utf8');
const read = (text: string) => readProfile(new TextEncoder().encode(text), 'zz.json');

/** What the text is refused with. */
function refusal(text: string): Refusal {
  try {
    read(text);
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
  throw new Error('was not refused');
}

/** The island's profile with one place changed; the line of that place. */
function broken(from: string, to: string) {
  expect(island.split(from).length, from).toBeGreaterThan(1);
  const at = island.indexOf(from);
  return {
    text: island.slice(0, at) + to + island.slice(at + from.length),
    line: island.slice(0, at).split('\n').length,
  };
}

describe('a profile with a mistake', () => {
  it.each([
    ['a missing comma', '"id": "zz",', '"id": "zz"', 'JURISDICTION_NOT_JSON', '—', 1],
    ['a comma too many', '"documents": [],', '"documents": [,],', 'JURISDICTION_NOT_JSON', '—', 0],
    ['a key that stands twice', '"version": "3.1",', '"version": "3.1", "version": "4",', 'JURISDICTION_TWICE', '—', 0],
    ['another format', 'birret-jurisdiction-1', 'birret-jurisdiction-9', 'JURISDICTION_OTHER_FORMAT', 'format', 0],
    [
      'an unknown field',
      '"minutesADay": 45,',
      '"minutesADay": 45, "minutesAWeek": 1,',
      'JURISDICTION_FIELD_UNKNOWN',
      'small-limit',
      0,
    ],
    ['a missing field', '"minutesADay": 45,', '', 'JURISDICTION_FIELD_MISSING', 'small-limit', -4],
    ['a text for a number', '"minutesADay": 45,', '"minutesADay": "45",', 'JURISDICTION_VALUE_WRONG', 'small-limit', 0],
    [
      'a number out of bounds',
      '"minutesADay": 45,',
      '"minutesADay": 99999,',
      'JURISDICTION_VALUE_WRONG',
      'small-limit',
      0,
    ],
    [
      'more minutes at a stretch than a day has',
      '"minutesADay": 45,',
      '"minutesADay": 5,',
      'JURISDICTION_VALUE_WRONG',
      'small-limit',
      -1,
    ],
    [
      'a role that is none',
      '"anyOf": ["interpreter"]',
      '"anyOf": ["wizard"]',
      'JURISDICTION_VALUE_WRONG',
      'interpreter-always',
      0,
    ],
    ['no time zone', 'Pacific/Auckland', 'Pacific/Nowhere', 'JURISDICTION_VALUE_WRONG', 'time-zone', 0],
    [
      'a rule by another rule’s name',
      '"id": "everyone-a-day"',
      '"id": "small-limit"',
      'JURISDICTION_TWICE',
      'small-limit',
      0,
    ],
    ['a gap between ages', '"from": 7', '"from": 8', 'JURISDICTION_AGES_GAP', 'big', 0],
    ['ages from the second year on', '"from": 0', '"from": 2', 'JURISDICTION_AGES_GAP', 'small', 0],
    [
      'an age band that is not there',
      '"ages": ["small", "big"]',
      '"ages": ["small", "huge"]',
      'JURISDICTION_AGE_UNKNOWN',
      'everyone-a-day',
      0,
    ],
    [
      'no words in a language of its own',
      ', "ru": "На острове {{date}}."',
      '',
      'JURISDICTION_WORDS_MISSING',
      'reading-island',
      0,
    ],
    [
      'something that nothing stands for',
      '{{date}} on',
      '{{moon}} on',
      'JURISDICTION_PLACEHOLDER_UNKNOWN',
      'reading-island',
      0,
    ],
    [
      'a brace that is not closed',
      '{{date}} on',
      '{{date} on',
      'JURISDICTION_PLACEHOLDER_UNKNOWN',
      'reading-island',
      0,
    ],
    ['a pattern that is none', 'OLD\\\\-\\\\d+', '(a+)+', 'JURISDICTION_PATTERN_UNREADABLE', 'case-number', 0],
    [
      'an example that does not fit',
      '"example": "OLD-7"',
      '"example": "NEW-7"',
      'JURISDICTION_EXAMPLE_UNFIT',
      'case-number',
      0,
    ],
  ])('%s is named by line and rule', (_, from, to, code, rule, further) => {
    const { text, line } = broken(from, to);
    const { code: found, params } = refusal(text);
    expect({ found, rule: params['rule'], line: params['line'] }).toEqual({ found: code, rule, line: line + further });
    expect(params).toMatchObject({ file: 'zz.json', count: expect.any(Number), column: expect.any(Number) });
    for (const language of ['kk', 'ru', 'en'] as const) {
      const sentence = sentenceOf(language, found, params);
      expect(sentence).toContain(String(params['line']));
      expect(sentence).not.toMatch(/…(?! )|\{\{line|\{\{rule/);
    }
  });

  it('names the column where the value begins', () => {
    const { text } = broken('"minutesADay": 45,', '"minutesADay": "45",');
    expect(refusal(text).params['column']).toBe(22);
  });

  it('without a note on a rule that nobody confirmed', () => {
    const { text } = broken('"confirmed": true,\n      "note": null', '"confirmed": false,\n      "note": null');
    expect(refusal(text)).toMatchObject({ code: 'JURISDICTION_NOTE_MISSING', params: { rule: 'small-limit' } });
  });

  it('names the first of several, and how many there are', () => {
    const once = broken('"under": 21', '"under": 5').text;
    const { params } = refusal(once.replace('"from": 7,', '"from": 6,').replace('"OLD-7"', '"NEW-7"'));
    expect(params).toMatchObject({ rule: 'case-number', count: 2 });
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['a word', 'null'],
    ['a deep one', '['.repeat(10_000)],
    ['a picture', '\u0089PNG\u0000'],
  ])('is refused: %s', (_, text) => {
    expect(refusal(text).code).toMatch(/^JURISDICTION_(NOT_JSON|VALUE_WRONG)$/);
  });

  it('in another encoding is refused; a byte order mark is not in the way', () => {
    expect(() => readProfile(Buffer.from(island, 'utf16le'), 'zz.json')).toThrow('JURISDICTION_NOT_JSON');
    expect(() => readProfile(Buffer.from([0x7b, 0xff, 0x7d]), 'zz.json')).toThrow('JURISDICTION_NOT_JSON');
    expect(read(`\ufeff${island}`).profile.id).toBe('zz');
  });
});

describe('the profiles that come with the product', () => {
  const folder = join(kzPath, '..');
  it.each(readdirSync(folder))('%s has no mistake and bears the name of its file', (name) => {
    const { profile } = readProfile(readFileSync(join(folder, name)), name);
    expect(`${profile.id}.json`).toBe(name);
  });
});
