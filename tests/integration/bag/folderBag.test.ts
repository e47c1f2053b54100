import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCommand, openssl } from '../../support/openssl.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';

const ready = hasCommand('openssl') && hasCommand('ffmpeg', '-version') && hasCommand('sha256sum', '--version');

describe.skipIf(!ready)('a plain bag', () => {
  let folder = '';
  let bag: SampleBag;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bag-'));
    bag = await sampleBag(folder);
  });
  afterAll(async () => {
    bag.exhibit.db.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['manifest-sha256.txt', 'tagmanifest-sha256.txt'])('passes sha256sum -c %s', (manifest) => {
    const done = spawnSync('sha256sum', ['-c', '--strict', '--quiet', manifest], { cwd: bag.path, encoding: 'utf8' });
    expect(done.stdout + done.stderr).toBe('');
    expect(done.status).toBe(0);
  });

  it.each([
    ['data/signatures/record.json.station.p7s', 'data/record.json'],
    ['data/signatures/record.json.inv-01.p7s', 'data/record.json'],
    ['tagmanifest-sha256.txt.p7s', 'tagmanifest-sha256.txt'],
  ])('%s passes openssl cms -verify', async (p7s, content) => {
    const [chain = ''] = await readdir(join(bag.path, 'data/signatures/chain'));
    const { status, said } = openssl(
      ...['cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-no-CApath', '-no-CAstore'],
      ...[
        '-CAfile',
        bag.rootPath,
        '-certfile',
        join(bag.path, 'data/signatures/chain', chain),
        '-attime',
        '1795341600',
      ],
      ...['-inform', 'DER', '-in', join(bag.path, p7s), '-content', join(bag.path, content), '-out', '/dev/null'],
    );
    expect(said).toMatch(/successful/);
    expect(status).toBe(0);
  });

  it('lists every file once, and the exported manifest is the manifest without the custody lines', async () => {
    const entries = await readdir(bag.path, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(bag.path.length + 1));
    const manifest = await readFile(join(bag.path, 'manifest-sha256.txt'), 'utf8');
    const listed = manifest
      .split('\n')
      .slice(0, -1)
      .map((line) => line.slice(66));
    expect(listed).toEqual(files.filter((file) => file.startsWith('data/')).sort());
    expect(bag.written.files).toBe(files.length);
    const exported = await readFile(join(bag.path, 'data/custody/exported-manifest.txt'), 'utf8');
    expect(
      manifest
        .split('\n')
        .filter((line) => !line.includes('  data/custody/'))
        .join('\n'),
    ).toBe(exported);
  });

  it('ends its events with the export of itself', async () => {
    const events = (await readFile(join(bag.path, 'data/custody/events.jsonl'), 'utf8')).trimEnd().split('\n');
    const last: unknown = JSON.parse(events.at(-1) ?? '');
    expect(last).toMatchObject({ action: 'bag.exported', details: { manifest_sha256: bag.written.manifestSha256 } });
    expect(await readdir(join(bag.path, 'data/custody/proofs'))).toHaveLength(events.length);
  });

  it('says the size of its payload and whose it is', async () => {
    const info = await readFile(join(bag.path, 'bag-info.txt'), 'utf8');
    const manifest = await readFile(join(bag.path, 'manifest-sha256.txt'), 'utf8');
    expect(info).toContain(`Payload-Oxum: ${bag.written.payloadBytes}.${manifest.split('\n').length - 1}\n`);
    expect(info).toContain('External-Identifier: st1-2026-000001\n');
    expect(info).toContain('Bagging-Date: 2026-11-22\n');
  });

  it('leaves nothing unfinished beside itself', async () => {
    expect((await readdir(folder)).sort()).toEqual(['ROOT.pem', 'st1-2026-000001', 'vault']);
  });
});
