import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';

/** Names the folder in which a run of the tests keeps what it prepared. */
const PREPARED = 'BIRRET_PREPARED';

/**
 * For vitest's `globalSetup`: the folder of this run, removed at its end. Each project asks; the first one's is for all. What
 * Node compiled lies there as well, for the many processes that tests start: half of a command's work is reading itself.
 */
export default async function keepPrepared(): Promise<() => Promise<void>> {
  if (process.env[PREPARED] !== undefined) return async () => undefined;
  const folder = await mkdtemp(join(tmpdir(), 'birret-prepared-'));
  process.env[PREPARED] = folder;
  process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'compiled');
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A folder as tests find it when they come, and what its maker told of it. */
export interface Preparing<T> {
  readonly name: string;
  /** Fills the folder that it is given, leaves nothing running and nothing in it that says where the folder lay. */
  readonly make: (folder: string) => Promise<T>;
  /** How `T` is read back from JSON. */
  readonly told: z.ZodType<T>;
}

/**
 * Fills `to` with a copy of what this run of the tests prepared once: new keys take seconds of work, and few tests are about
 * how they came to be. Outside of a run (a bench) it is made anew.
 */
export async function copyOfPrepared<T>(to: string, { name, make, told }: Preparing<T>): Promise<T> {
  const kept = process.env[PREPARED];
  if (kept === undefined) return await make(to);
  const ready = join(kept, name);
  const text = (await toldOf(ready)) ?? (await prepare(kept, ready, make));
  await cp(join(ready, 'folder'), to, { recursive: true, preserveTimestamps: true });
  return told.parse(JSON.parse(text));
}

/** Makes it aside. Two files of tests may come at once: the first one's stays, and the other's was made for nothing. */
async function prepare(kept: string, ready: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const making = await mkdtemp(join(kept, 'making-'));
  await mkdir(join(making, 'folder'), { mode: 0o700 });
  await writeFile(join(making, 'told.json'), JSON.stringify(await make(join(making, 'folder'))));
  await rename(making, ready).catch(async (error: unknown) => {
    if ((await toldOf(ready)) === null) throw error;
  });
  return (await toldOf(ready)) ?? '';
}

async function toldOf(ready: string): Promise<string | null> {
  try {
    return await readFile(join(ready, 'told.json'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
