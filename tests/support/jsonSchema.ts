import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCommand } from './openssl.ts';

const SCRIPT = join(import.meta.dirname, 'check_schema.py');
const SCHEMAS = join(import.meta.dirname, '../../resources/schemas');

/** True where somebody else's validator is there (Debian `python3-jsonschema`); the tests that need it are skipped otherwise. */
export const hasJsonSchema = (): boolean => hasCommand('python3', '-c', 'from jsonschema import Draft202012Validator');

/** What is wrong with each document against the published schema of that name: null where nothing is. */
export function schemaFaults(schema: string, documents: readonly string[]): readonly (string | null)[] {
  const input = documents.map((one) => `${one}\n`).join('');
  const args = ['-B', SCRIPT, join(SCHEMAS, `${schema}.json`)];
  const done = spawnSync('python3', args, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(done.stderr);
  return z.array(z.string().nullable()).length(documents.length).parse(JSON.parse(done.stdout));
}
