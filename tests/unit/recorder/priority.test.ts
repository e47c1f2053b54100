import { spawn } from 'node:child_process';
import { getPriority } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { comeFirst } from '../../../src/main/recorder/priority.ts';

const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
afterEach(() => void child.kill('SIGKILL'));

describe('a process of the recording', () => {
  it('comes before others where that is allowed, and says so where it is not', () => {
    const { pid } = child;
    if (pid === undefined) throw new Error('no process');
    const before = getPriority(pid);
    const first = comeFirst(pid);
    expect(getPriority(pid)).toBe(first ? -7 : before);
    expect(comeFirst(2 ** 22 + 1)).toBe(false);
  });
});
