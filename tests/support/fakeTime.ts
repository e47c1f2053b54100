import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A wall clock for some processes that a test can set while they run; their monotonic clock is the machine's. */
export interface FakeTime {
  /** For the environment of a process, which hands it on to its children. */
  readonly env: Readonly<Record<string, string>>;
  /** Sets the wall clock to `seconds` after the true time. */
  set(seconds: number): void;
  stop(): void;
}

function library(): string | null {
  const folders = process.platform === 'linux' ? readdirSync('/usr/lib') : [];
  for (const folder of folders.filter((name) => name.endsWith('-linux-gnu'))) {
    const found = listing(`/usr/lib/${folder}/faketime`).find((name) => name.startsWith('libfaketimeMT.so'));
    if (found !== undefined) return `/usr/lib/${folder}/faketime/${found}`;
  }
  return null;
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Why no clock can be set here, or null. */
export function fakeTimeSkipReason(): string | null {
  return library() === null ? 'libfaketime is not installed' : null;
}

export function startFakeTime(): FakeTime {
  const folder = mkdtempSync(join(tmpdir(), 'bir-ret-time-'));
  const file = join(folder, 'offset');
  const set = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  set(0);
  return {
    env: {
      LD_PRELOAD: library() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    set,
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}
