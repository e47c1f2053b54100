import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What a running station writes into `run.json` of its folder, readable by its owner alone. */
const RunFile = z.object({
  /** Process id of the station. */
  pid: z.int().positive(),
  /** Port of its HTTP server on 127.0.0.1. */
  port: z.int().min(1).max(65_535),
  /** Secret of this start: lets this machine's shell ask for a window's code. */
  secret: z.string().min(16),
});
export type RunFile = z.infer<typeof RunFile>;

/** The `run.json` of a station folder; null when there is none, or one that is being written or makes no sense. */
export async function readRunFile(folder: string): Promise<RunFile | null> {
  let text: string;
  try {
    text = await readFile(join(folder, 'run.json'), 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    return RunFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
