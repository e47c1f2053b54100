import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobResult, type Seat } from '../../../src/main/cli/seat.ts';
import { Certified } from '../../../src/shared/contract/exhibits.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { words } from '../../../src/shared/i18n/index.ts';
import { cli, passwordFile } from '../../support/cli.ts';
import { codeOf } from '../../support/contractTable.ts';
import { loggedRows } from '../../support/eventWatch.ts';
import {
  beginRecording,
  handOver,
  type JourneyStation,
  passwordOf,
  peopledStation,
  plannedInterview,
  recordedFor,
  scheduledHearing,
  told,
} from '../../support/journey.ts';
import { hasCommand } from '../../support/openssl.ts';

const poppler = hasCommand('pdftotext', '-v');
const openssl = hasCommand('openssl');

let journey: JourneyStation;
let outside: string;
let exhibit: string;
let caseId: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'birret-certificate-'));
  journey = await peopledStation();
  const interview = await plannedInterview(journey);
  [exhibit, caseId] = [interview.exhibit, interview.caseId];
  await beginRecording(journey, interview.id);
  await recordedFor(journey, interview.id, 2_500);
  await journey.seats.investigator.client.recording.stop({ interview: interview.id, confirmed: true });
}, 240_000);
afterAll(async () => {
  await journey?.end();
  await rm(outside, { recursive: true, force: true });
});

type Language = 'kk' | 'ru' | 'en';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const events = () =>
  loggedRows(journey.folder).map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')) as Logged);
interface Logged {
  action: string;
  actor: { id: string; role: string };
  subject: { id: string };
  details: Record<string, unknown>;
}

async function certified({ client }: Pick<Seat, 'client'>, language: Language, name: string | null = null) {
  const { job } = await client.archive.certify({ exhibit, language, folder: outside, name });
  return Certified.parse(await jobResult(client, job));
}

/** Entries of the heads that the station keeps, to hold its log to them. */
function keptHeads(): unknown[] {
  const db = new BetterSqlite3(join(journey.folder, 'station.db'), { readonly: true });
  try {
    return db.prepare('SELECT size FROM custody_heads').pluck().all();
  } finally {
    db.close();
  }
}

/** The paper as another program reads it. */
const textOf = (path: string, ...how: string[]) =>
  execFileSync('pdftotext', ['-enc', 'UTF-8', ...how, path, '-'], { encoding: 'utf8' });
const record = () => {
  const row = readdirSync(journey.folder, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('/record.json'),
  );
  const bytes = readFileSync(join(journey.folder, row ?? ''));
  return { sha256: sha256(bytes), statement: EvidenceRecord.parse(JSON.parse(bytes.toString('utf8'))) };
};

describe('a certificate of authenticity', () => {
  it('is written by the officer, and its digest goes on record', async () => {
    const made = await certified(journey.seats.investigator, 'kk');
    expect(made).toMatchObject({ path: join(outside, `${exhibit}-kk.pdf`), outcome: 'trusted' });
    const pdf = readFileSync(made.path);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(sha256(pdf)).toBe(made.sha256);
    const last = events().at(-1);
    expect(last).toMatchObject({
      action: 'authenticity.certified',
      actor: { role: 'investigator' },
      subject: { id: exhibit },
      details: { certificate_sha256: made.sha256, language: 'kk', outcome: 'trusted', checks: { failed: 0 } },
    });
    expect(events().at(-2)?.action).toBe('exhibit.verified');
    // The printed head is one that the log is held to from now on.
    expect(keptHeads()).toContain(last?.details['checkpoint_size']);
    expect(await journey.seats.auditor.client.custody.check()).toMatchObject({ whole: true });
    expect(readdirSync(outside)).toEqual([`${exhibit}-kk.pdf`]);
  });

  it('never writes over what is there, nor where there is no folder', async () => {
    const { client } = journey.seats.investigator;
    const before = events().length;
    expect(await codeOf(() => certified(journey.seats.investigator, 'kk'))).toBe('EXPORT_EXISTS');
    const nowhere = { exhibit, language: 'kk', folder: join(outside, 'nowhere'), name: null } as const;
    const { job } = await client.archive.certify(nowhere);
    expect(await codeOf(() => jobResult(client, job))).toBe('PAPER_NOT_WRITTEN');
    // Said before anything is checked.
    expect(events().length).toBe(before);
    expect(await codeOf(() => client.archive.certify({ ...nowhere, name: '../paper.pdf' }))).toBe('REQUEST_MALFORMED');
  });

  it('leaves nothing when it is cancelled', async () => {
    const { client } = journey.seats.investigator;
    const { job } = await client.archive.certify({ exhibit, language: 'en', folder: outside, name: 'cancelled.pdf' });
    await client.jobs.cancel({ job });
    expect(await codeOf(() => jobResult(client, job))).toBe('JOB_CANCELLED');
    expect(readdirSync(outside)).toEqual([`${exhibit}-kk.pdf`]);
    expect(events().filter(({ action }) => action === 'authenticity.certified').length).toBe(1);
  });

  it('is for those with a tie to it', async () => {
    const { otherInvestigator, clerk, judge, auditor, administrator } = journey.seats;
    for (const seat of [otherInvestigator, clerk, judge])
      expect(await codeOf(() => certified(seat, 'ru', 'never.pdf'))).toBe('TIE_REFUSED');
    for (const seat of [auditor, administrator])
      expect(await codeOf(() => certified(seat, 'ru', 'never.pdf'))).toBe('ROLE_REFUSED');
    await handOver(journey, exhibit);
    await scheduledHearing(journey, caseId, exhibit);
    expect(await certified(clerk, 'ru')).toMatchObject({ outcome: 'trusted' });
    expect(await certified(judge, 'en')).toMatchObject({ outcome: 'trusted' });
  });

  it.skipIf(!poppler)(
    'says what was sealed, who had it checked, and never the child’s name (skipped without poppler)',
    () => {
      const { statement, sha256: digest } = record();
      const makers = { kk: 'Officer Saigakov', ru: 'Clerk Ibexova', en: 'Judge Marmotova' } as const;
      for (const language of ['kk', 'ru', 'en'] as const) {
        const text = textOf(join(outside, `${exhibit}-${language}.pdf`)).replaceAll(/\s+/g, ' ');
        const plain = text.replaceAll(' ', '');
        const due = [
          digest,
          ...statement.tracks.flatMap(({ parts }) => parts.map((part) => part.sha256)),
          ...statement.signers.map((signer) => signer.cert_sha256),
          statement.log.vkey,
        ];
        expect(due.filter((one) => !plain.includes(one))).toEqual([]);
        expect(text).toContain(makers[language]);
        expect(text).toContain(words[language].certificate.paper.simulated);
        for (const name of [told.childSurname, told.childGivenName, told.childIin, told.psychologist])
          expect(text).not.toContain(name);
      }
    },
  );

  it.skipIf(!poppler || !openssl)(
    'gives commands that hold for its bag (skipped without poppler or openssl)',
    async () => {
      const { client } = journey.seats.clerk;
      const { job } = await client.archive.export({
        exhibit,
        folder: outside,
        name: 'bag',
        to: 'Defence',
        recipient: null,
      });
      await jobResult(client, job);
      const data = join(outside, 'bag/data');
      const root = journey.station.roots().stationRootPem;
      const text = textOf(join(outside, `${exhibit}-en.pdf`), '-layout').replaceAll(/ \\\s*\n\s*/g, ' ');
      const commands = text.match(/openssl (?:cms|x509).*/g) ?? [];
      expect(commands.length).toBe(3);
      for (const where of [data]) {
        writeFileSync(join(outside, 'ROOT.pem'), root);
        for (const command of commands) {
          const { status, stdout, stderr } = spawnSync('sh', ['-c', command.replace('ROOT.pem', '../../ROOT.pem')], {
            cwd: where,
            encoding: 'utf8',
          });
          expect(status, command + stderr).toBe(0);
          if (command.includes('x509')) {
            const groups = stdout.slice(0, 64).replaceAll(/.{4}(?=.)/g, '$& ');
            expect(text).toContain(groups.slice(0, 39));
          }
        }
      }
      // What is printed of each file is what sha256sum says of it.
      const plain = text.replaceAll(/\s/g, '');
      const summed = execFileSync('sh', ['-c', 'sha256sum record.json tracks/*.mp4'], { cwd: data, encoding: 'utf8' });
      const due = summed
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 32));
      expect(due.length).toBeGreaterThan(1);
      for (const half of due) expect(plain).toContain(half);
    },
  );

  it('is refused where one byte of one stored copy is another, and says which check it was', async () => {
    const path = readdirSync(journey.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.startsWith('targets/b') && name.endsWith('room.mp4.age'))
      .map((name) => join(journey.folder, name))[0];
    if (path === undefined || !existsSync(path)) throw new Error('no stored track');
    const bytes = readFileSync(path);
    const { mode } = statSync(path);
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(changed.length >> 1) ^ 1, changed.length >> 1);
    writeFileSync(path, changed, { mode });
    const before = events().length;
    const { client } = journey.seats.clerk;
    const { job } = await client.archive.certify({ exhibit, language: 'ru', folder: outside, name: 'refused.pdf' });
    expect(await codeOf(() => jobResult(client, job))).toBe('CERTIFICATE_CHECK_FAILED');
    expect((await client.jobs.state({ job })).error?.params).toMatchObject({ exhibit, check: 'stored.2' });
    expect(existsSync(join(outside, 'refused.pdf'))).toBe(false);
    const since = events().slice(before);
    expect(since.map(({ action }) => action)).toEqual(['exhibit.verified']);
    expect(since[0]?.details).toMatchObject({ outcome: 'failed' });
    writeFileSync(path, bytes, { mode });
  });

  it('is written by the command line too', async () => {
    await journey.station.stop();
    const out = join(outside, 'by-command.pdf');
    const password = await passwordFile(join(outside, 'clerk.txt'), passwordOf('clerk'));
    const args = ['certificate', exhibit, '--station', journey.folder, '--as', 'clerk', '--password-file', password];
    const wrong = await cli([...args, '--language', 'de', '--out', out]);
    expect(wrong.status).toBe(2);
    const { status, events: lines, log } = await cli([...args, '--language', 'kk', '--out', out, '--json']);
    expect(status, log).toBe(0);
    expect(lines).toMatchObject([{ event: 'certified', exhibit, language: 'kk', path: out, outcome: 'trusted' }]);
    expect(lines[0]?.['sha256']).toBe(sha256(readFileSync(out)));
    const again = await cli([...args, '--language', 'kk', '--out', out]);
    expect(again.status).toBe(1);
    expect(again.log).toContain('EXPORT_EXISTS');
  }, 120_000);
});
