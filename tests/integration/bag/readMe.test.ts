import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '../../../src/main/sealing/index.ts';
import { hasCommand } from '../../support/openssl.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';

describe.skipIf(!hasCommand('ffmpeg', '-version'))('READ-ME.html', () => {
  let folder = '';
  let bag: SampleBag;
  let page = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bag-'));
    bag = await sampleBag(folder);
    page = await readFile(join(bag.path, 'data/READ-ME.html'), 'utf8');
  });
  afterAll(async () => {
    bag.exhibit.db.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('speaks three languages and reaches for nothing outside', () => {
    for (const lang of ['kk', 'ru', 'en']) expect(page).toContain(`<section id="${lang}" lang="${lang}">`);
    expect(page).not.toMatch(/<script|javascript:|https?:|\ssrc=|@import|url\(/i);
  });

  it('lets no typed word become markup', () => {
    expect(page).toContain('26-751/3 &#60;&#38;&#62;');
    expect(page).not.toContain('<&>');
  });

  it('carries the root’s fingerprint and says that the devices were simulated', () => {
    expect(page).toContain(readCertificate(bag.rootPem).sha256);
    expect(page).toContain('Made with simulated devices');
  });

  it.skipIf(!hasCommand('openssl'))('gives commands that work as they stand', async () => {
    await copyFile(bag.rootPath, join(bag.path, 'data/ROOT.pem'));
    const unescaped = page.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)));
    const commands = new Set(unescaped.match(/openssl .*$/gm)?.map((line) => line.replace(/<\/pre>$/, '')));
    expect(commands.size).toBe(3);
    for (const command of commands) {
      const done = spawnSync('sh', ['-c', command], { cwd: join(bag.path, 'data'), encoding: 'utf8' });
      expect(`${command}: ${done.status}`).toBe(`${command}: 0`);
      if (command.includes('x509')) expect(done.stdout.slice(0, 64)).toBe(readCertificate(bag.rootPem).sha256);
    }
  });
});
