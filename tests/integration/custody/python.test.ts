import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { newLogKey, openLog } from '../../../src/main/custody/index.ts';
import { openDatabase } from '../../../src/main/database/index.ts';
import { custodyMigration } from '../../../src/main/database/migrations/0050-custody.ts';
import { witnessesMigration } from '../../../src/main/database/migrations/0120-witnesses.ts';
import { continuationsMigration } from '../../../src/main/database/migrations/0140-continuations.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';

const PROGRAM = fileURLToPath(new URL('root.py', import.meta.url));
const missing = spawnSync('python3', ['--version']).error !== undefined;
if (missing) process.stdout.write('skipped: python3 is not installed, so nothing checks the log from outside\n');

describe.skipIf(missing)("Python's standard library", () => {
  it.each([1, 2, 3, 100, 257])('finds the same root of %i events, and the chain whole', (count) => {
    const db = openDatabase(':memory:');
    custodyMigration.up(db);
    continuationsMigration.up(db);
    witnessesMigration.up(db);
    const log = openLog({ db, origin: 'station.example/custody', clock: systemClock });
    for (let n = 0; n < count; n++) {
      log.append({
        action: 'playback.opened',
        actor: { id: 'k7', role: 'judge' },
        details: { n, text: 'ә "\\\n\u2028', deep: [{ b: null, a: true }] },
        subject: { type: 'exhibit', id: `st-2026-00000${n % 4}` },
      });
    }
    const [, size, root] = log.checkpoint(newLogKey(log.origin).signer).split('\n');
    const lines = log.list({ count }).map((one) => `${one.bytes.toString()}\n`);
    const python = spawnSync('python3', [PROGRAM], { input: lines.join(''), encoding: 'utf8' });
    expect(python).toMatchObject({ status: 0, stderr: '', stdout: `${size}\n${root}\n` });
    const cut = spawnSync('python3', [PROGRAM], { input: lines.slice(1).join(''), encoding: 'utf8' });
    if (count > 1) expect(cut.status).toBe(1);
    db.close();
  });
});
