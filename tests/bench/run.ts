// `npm run bench -- NAME [NAME…]`: runs benches one after the other. Figures are for one machine at one time: compare
// the ratios within a run.
import { readdir } from 'node:fs/promises';
import { z } from 'zod';

const Bench = z.object({ bench: z.custom<() => Promise<void>>((value) => typeof value === 'function') });

const here = new URL('.', import.meta.url);
const known = (await readdir(here))
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .map((name) => name.slice(0, -3))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (asked.length === 0 || unknown.length > 0) {
  process.stderr.write(`npm run bench -- NAME…   where NAME is one of: ${known.join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const name of asked) {
    process.stdout.write(`\n${name}\n`);
    await Bench.parse(await import(new URL(`${name}.ts`, here).href)).bench();
  }
}
