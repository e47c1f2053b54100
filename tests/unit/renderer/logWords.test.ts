import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { words } from '../../../src/shared/i18n/index.ts';

const main = fileURLToPath(new URL('../../../src/main', import.meta.url));
/** `noun.act` in quotes: how an action of the custody log, or of the recorder's journal which joins it, is written. */
const dotted = /'([a-z]+\.[a-z]+(?:-[a-z]+)*)'/g;
/** File names, and places within a record or a checklist, look the same. */
const files = /\.(?:checkpoint|db|exe|html|json|jsonl|lock|log|ts|txt|vkey)$/;
const places = /^(?:attachments|roster|signers|tracks?|wellbeing|need)\./;
/** The verifier writes to no log; its checks have public names of their own, with words in `verify.json`. */
const verifier = /^verification\//;
const checks = /^(?:custody|record|signature)\./;

/** Every action that the station's source names, with the file that does. */
function actions(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of globSync('**/*.ts', { cwd: main })) {
    if (verifier.test(file)) continue;
    for (const [, name = ''] of readFileSync(join(main, file), 'utf8').matchAll(dotted)) {
      if (!files.test(name) && !places.test(name) && !checks.test(name)) found.set(name, file);
    }
  }
  return found;
}

describe.each(['kk', 'ru', 'en'] as const)('the custody log in %s', (language) => {
  const own: Readonly<Record<string, string>> = words[language].log.action;

  it('has words for every action that the station writes', () => {
    const without = [...actions()].filter(([name]) => own[name.replaceAll('.', '_')] === undefined);
    expect(without).toEqual([]);
  });
});

it('finds the actions at all', () => {
  expect([...actions().keys()]).toEqual(
    expect.arrayContaining(['exhibit.sealed', 'source.lost', 'interview.refused', 'account.signed-in']),
  );
});
