import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { copyOfPrepared } from '../../support/prepared.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-copies-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('is made once in a run, though two ask at once, and each has a copy of its own', async () => {
  let made = 0;
  const name = `words-${process.pid}`;
  const make = async (place: string) => {
    made += 1;
    await writeFile(join(place, 'word'), `word ${made}`);
    return { words: made };
  };
  const asked = (to: string) => copyOfPrepared(join(folder, to), { name, make, told: z.object({ words: z.int() }) });
  const word = (of: string) => readFile(join(folder, of, 'word'), 'utf8');
  const [one, two] = await Promise.all([asked('one'), asked('two')]);
  expect(two).toEqual(one);
  expect(await word('two')).toBe(await word('one'));

  await writeFile(join(folder, 'one', 'word'), 'changed');
  const before = made;
  expect(await asked('three')).toEqual(one);
  expect(made).toBe(before);
  expect(await word('three')).toBe(await word('two'));
});

it('leaves nothing of what could not be made', async () => {
  const name = `failing-${process.pid}`;
  const told = z.literal('made');
  const failing = async () => {
    throw new Error('no room');
  };
  await expect(copyOfPrepared(join(folder, 'a'), { name, make: failing, told })).rejects.toThrow('no room');
  expect(await copyOfPrepared(join(folder, 'a'), { name, make: async () => 'made' as const, told })).toBe('made');
});
