import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { newIdentity, openCrashedPart } from '../../../src/main/vault/index.ts';

const CHILD = fileURLToPath(new URL('writerChild.ts', import.meta.url));
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

describe('a writer that is killed', () => {
  it.each([3, 17, 40])('after %i fragments has lost none that it said was durable', async (fragments) => {
    const base = await mkdtemp(join(tmpdir(), 'birret-kill-'));
    folders.push(base);
    const targets = [join(base, 'a'), join(base, 'b')];
    for (const target of targets) await mkdir(target);
    const { identity, recipient } = await newIdentity();
    const child = spawn(process.execPath, [CHILD, recipient, ...targets], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > fragments) child.kill('SIGKILL');
    });
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGKILL');
    const promised = Math.max(...said.split('\n').slice(0, -1).map(Number));
    for (const target of targets) {
      const part = await openCrashedPart(target, 'room.mp4', identity);
      expect(part.plainBytes).toBeGreaterThanOrEqual(promised);
      let at = 0;
      for await (const piece of part.stream()) {
        for (let i = 0; i + 4 <= piece.length; i += 4) {
          if (piece.readUInt32LE(i) !== (at + i) / 4) throw new Error(`byte ${at + i} is not what was written`);
        }
        at += piece.length;
      }
      expect(at).toBe(part.plainBytes);
    }
  });
});
