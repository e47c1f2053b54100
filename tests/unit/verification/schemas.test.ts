import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evidenceSchemas } from '../../../src/main/verification/index.ts';

const folder = join(import.meta.dirname, '../../../resources/schemas');

describe('published schemas', () => {
  it('are those of the program; UPDATE_SCHEMAS=1 writes them anew', async () => {
    const schemas = evidenceSchemas();
    if (process.env['UPDATE_SCHEMAS'] === '1') {
      for (const [name, text] of schemas) await writeFile(join(folder, name), text);
    }
    expect((await readdir(folder)).sort()).toEqual([...schemas.keys()].sort());
    for (const [name, text] of schemas) {
      expect(JSON.parse(await readFile(join(folder, name), 'utf8')), name).toEqual(JSON.parse(text));
    }
  });
});
