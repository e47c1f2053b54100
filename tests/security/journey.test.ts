import { readFileSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobResult, takeSeat } from '../../src/main/cli/seat.ts';
import { composeStation } from '../../src/main/composition.ts';
import {
  cosign,
  emptyRoot,
  encodeAddCheckpoint,
  newLogKey,
  parseAddCheckpoint,
  parseNote,
  signCheckpoint,
  witnessOf,
} from '../../src/main/custody/index.ts';
import { buildPkcs12 } from '../../src/main/sealing/index.ts';
import type { Hearing } from '../../src/shared/contract/hearings.ts';
import { VerificationResult } from '../../src/shared/evidence/verification.ts';
import { processesIn } from '../support/cli.ts';
import { codeOf, table } from '../support/contractTable.ts';
import { EventWatch, loggedRows } from '../support/eventWatch.ts';
import { filesUnder, found, ways } from '../support/findWords.ts';
import {
  beginRecording,
  everyName,
  everySecret,
  HeardLog,
  handOver,
  type JourneyStation,
  loginOf,
  passwordOf,
  peopledStation,
  plannedInterview,
  recordedFor,
  scheduledHearing,
  told,
} from '../support/journey.ts';
import { elsewhere } from '../support/journeyElsewhere.ts';
import { throughEveryStanding } from '../support/journeyStanding.ts';
import { hasJsonSchema, schemaFaults } from '../support/jsonSchema.ts';
import { islandPath } from '../support/profiles.ts';
import { newStationKeys } from '../support/stationKeys.ts';
import { cheapCost } from '../support/testStation.ts';
import { until } from '../support/until.ts';

let journey: JourneyStation;
let watch: EventWatch;
let outside: string;
let exhibit: string;
let caseId: string;
let hearing: Hearing;
const tokens: string[] = [];
/** The recovery keys that came after the first. */
const printed: string[] = [];

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'birret-outside-'));
  journey = await peopledStation({
    watch: (station) => {
      watch = new EventWatch(station);
      return watch;
    },
  });
}, 180_000);
afterAll(async () => {
  await journey?.end();
  await rm(outside, { recursive: true, force: true });
});

describe('the journey, step by step', () => {
  it('people: keys close and open, people come, go and come back', async () => {
    const { seats, station, recovery } = journey;
    const { client } = seats.administrator;
    const seat = seats.otherInvestigator;
    await seat.client.session.lock();
    await seat.client.session.unlock({ password: passwordOf('otherInvestigator') });
    const { account } = await seat.client.session.me();
    await client.accounts.suspend({ account: account?.id ?? '' });
    await client.accounts.restore({ account: account?.id ?? '' });
    await seat.client.session.signIn({
      login: loginOf('otherInvestigator'),
      password: passwordOf('otherInvestigator'),
    });
    await seat.client.accounts.grantByRecovery({ part1: recovery.part1, part2: recovery.part2 });
    await throughEveryStanding(journey, () => watch.skip());
    await seat.client.session.changePassword({
      current: passwordOf('otherInvestigator'),
      password: told.laterPassword,
    });
    // The court's own keys, both kinds.
    const { client: clerk } = seats.clerk;
    await jobResult(clerk, (await clerk.keyRing.rotateVault()).job);
    const { part1, part2 } = await clerk.keyRing.showRecovery();
    await jobResult(clerk, (await clerk.keyRing.takeRecovery({ part1, part2 })).job);
    printed.push(part1, part2);
    await seats.auditor.client.session.signOut();
    await seats.auditor.client.session.signIn({ login: 'auditor', password: passwordOf('auditor') });
    for (const { token } of Object.values(seats)) tokens.push(token() ?? '');
    const targets = ['a', 'b'].map((name) => join(station.folder, 'targets', name));
    await client.station.setTargets({ paths: targets });
    await client.timestamps.setAuthorities({ authorities: [] });
    // The rules of another country, and back.
    const own = { path: null, sha256: (await client.jurisdiction.inForce()).sha256 };
    const { sha256 } = await client.jurisdiction.look({ path: islandPath });
    for (const rules of [{ path: islandPath, sha256 }, own]) await client.jurisdiction.adopt(rules);
    // A key file of another authority in place of the one that the station made.
    const outside = await newStationKeys(new Date(), 'Another authority');
    const p12 = buildPkcs12({ ...outside.officer, chain: [outside.ca.certPem], password: told.keyFilePassword });
    await seat.client.accounts.importCertificate({ file: p12.toString('base64'), password: told.keyFilePassword });
    expect(await seat.client.accounts.ownCertificate()).toMatchObject({ origin: 'outside', key: 'P-256' });
  }, 60_000);

  it('rooms and plans', async () => {
    const { seats } = journey;
    const camera = {
      kind: 'camera',
      backend: 'rtsp',
      address: 'rtsp://192.0.2.1/stream',
      label: 'Camera of the test',
      simulated: false,
    } as const;
    const { devices } = await seats.administrator.client.rooms.discover();
    const microphone = devices.find((one) => one.simulated && one.address === 'mic1');
    if (microphone === undefined) throw new Error('no simulated microphone');
    const room = await seats.administrator.client.rooms.save({
      id: null,
      name: 'Room of a network camera',
      sources: [
        { place: 'room', device: camera, credentials: { user: 'viewer', password: told.cameraPassword } },
        { place: 'mic1', device: microphone, credentials: null },
      ],
    });
    expect(JSON.stringify(room)).not.toContain(told.cameraPassword);
    await seats.administrator.client.rooms.remove({ id: room.id });
    const voice = { language: 'kk', said: 'break' } as const;
    const content = new File([`RIFF....WAVE${'.'.repeat(40)}`], 'break.wav');
    await seats.administrator.client.tablet.setVoice({ ...voice, content });
    await seats.administrator.client.tablet.resetVoice(voice);
    const { client } = seats.investigator;
    const cancelled = await plannedInterview(journey);
    await client.interviews.cancel({ interview: cancelled.id, reason: 'another day' });
    const refused = await plannedInterview(journey);
    await client.interviews.refuse({ interview: refused.id, note: 'the child does not want to' });
    const identity = await client.cases.identity({ childId: refused.child.id });
    expect(identity.surname).toBe(told.childSurname);
    const other = (await seats.otherInvestigator.client.session.me()).account?.id ?? '';
    await client.cases.assign({ caseId: refused.caseId, account: other });
  }, 60_000);

  it('recording: no secret in any argument or environment of the processes that run', async () => {
    const { seats, folder } = journey;
    const interview = await plannedInterview(journey);
    [exhibit, caseId] = [interview.exhibit, interview.caseId];
    const plan = { exhibit, title: 'The plan', content: new File(['Free narrative first.'], 'plan.txt') };
    const { file } = await seats.investigator.client.attachments.keep(plan);
    await seats.investigator.client.attachments.remove({ exhibit, file, reason: 'an older one' });
    await seats.investigator.client.attachments.keep(plan);
    await seats.investigator.client.recording.prepare({ interview: interview.id });
    await seats.investigator.client.recording.release({ interview: interview.id });
    await beginRecording(journey, interview.id);
    const running = processesIn(folder);
    expect(running.length).toBeGreaterThanOrEqual(2);
    for (const pid of running) {
      const told = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8')).join('\n');
      for (const secret of secrets()) expect(told).not.toContain(secret);
      expect(told).not.toMatch(/AGE-SECRET-KEY|PRIVATE.KEY-/i);
    }
    await recordedFor(journey, interview.id, 2_500);
    const { client } = seats.investigator;
    await client.recording.mark({ interview: interview.id, type: 'chapter', phase: 'narrative' });
    const strange = { interview: interview.id, type: 'chapter', phase: 'tea' } as const;
    expect(await codeOf(() => client.recording.mark(strange))).toBe('PHASE_UNKNOWN');
    const stopped = await client.recording.stop({ interview: interview.id, confirmed: true });
    expect(stopped.state).toBe('sealed');
  }, 180_000);

  it('goes on while its officer is locked, and waits for the unlocking to be sealed', async () => {
    const interview = await plannedInterview(journey);
    await beginRecording(journey, interview.id);
    // A screen of the officer's beside the watched one: what happens on it is left out of the account.
    const officer = takeSeat(journey.station);
    await officer.client.session.signIn({ login: 'investigator', password: passwordOf('investigator') });
    await officer.client.session.lock();
    const elapsed = async () => (await officer.client.recording.view({ interview: interview.id })).elapsedMs ?? 0;
    const atLock = await elapsed();
    await until('it goes on', async () => (await elapsed()) > atLock + 1_000, { withinMs: 120_000, everyMs: 200 });
    await officer.client.recording.mark({ interview: interview.id, type: 'marker', label: '' });
    expect(await codeOf(() => officer.client.recording.stop({ interview: interview.id, confirmed: true }))).toBe(
      'SESSION_LOCKED',
    );
    await officer.client.session.unlock({ password: passwordOf('investigator') });
    // The session locks while the recorder writes its end.
    const stopping = officer.client.recording.stop({ interview: interview.id, confirmed: true });
    await officer.client.session.lock();
    expect(await stopping).toEqual({ state: 'ended', waitsFor: 'unlock' });
    expect(await codeOf(() => officer.client.recording.seal({ interview: interview.id }))).toBe('SESSION_LOCKED');
    watch.skip();
    const sealed = await journey.seats.investigator.client.recording.seal({ interview: interview.id });
    expect(sealed.state).toBe('sealed');
    expect(await codeOf(() => officer.client.session.signOut())).toBe('ok');
    watch.skip();
  }, 180_000);

  it('is recovered after its recorder was killed', async () => {
    const { client } = journey.seats.investigator;
    const interview = await plannedInterview(journey);
    await beginRecording(journey, interview.id);
    await recordedFor(journey, interview.id, 3_000);
    for (const pid of processesIn(journey.folder)) process.kill(pid, 'SIGKILL');
    await until(
      'it is secured',
      async () => (await client.interviews.get({ interview: interview.id })).state === 'secured',
      {
        withinMs: 120_000,
        everyMs: 100,
      },
    );
    // The child is still in the room: the interview goes on before anything is recovered.
    const next = await client.interviews.goOn({ interview: interview.id });
    expect(next).toMatchObject({ continues: interview.exhibit, room: interview.room });
    await client.recording.prepare({ interview: next.id });
    await client.recording.release({ interview: next.id });
    await client.interviews.cancel({ interview: next.id, reason: 'only shown that it could go on' });
    const { job } = await client.exhibits.recover({ exhibit: interview.exhibit });
    await jobResult(client, job);
    expect(await client.exhibits.get({ exhibit: interview.exhibit })).toMatchObject({
      state: 'sealed',
      recovered: true,
    });
  }, 300_000);

  it('witnesses: keys come and go, heads are carried out, back and in', async () => {
    const { client: administrator } = journey.seats.administrator;
    const { client: clerk } = journey.seats.clerk;
    const others = newLogKey('birret/elsewhere/aaaa');
    const witness = witnessOf(others.skey);
    await administrator.custody.trust({ name: 'Office', vkey: witness.vkey });
    await administrator.custody.trust({ name: 'Court 3', vkey: others.vkey });
    const given = await clerk.custody.checkpoint({ witness: witness.vkey, old: null });
    const { checkpoint } = parseAddCheckpoint(given.text);
    const line = cosign(parseNote(checkpoint).text, witness, witness, new Date());
    await clerk.custody.cosigned({ text: checkpoint + line });
    const theirs = signCheckpoint({ origin: others.signer.name, size: 0, root: emptyRoot() }, others.signer);
    await clerk.custody.witness({ text: encodeAddCheckpoint({ old: 0, proof: [], checkpoint: theirs }) });
    const { keys } = await administrator.custody.distrust({ vkey: others.vkey });
    expect(keys).toMatchObject([{ kind: 'witness', newest: { size: given.size } }]);
  }, 60_000);

  it('archive, hearing, replay, export', async () => {
    const { seats } = journey;
    const protocol = { exhibit, files: [{ title: 'Protocol', content: new File(['%PDF-1.7\n'], 'protocol.pdf') }] };
    await seats.investigator.client.supplements.add(protocol);
    await handOver(journey, exhibit);
    expect(await codeOf(() => seats.investigator.client.supplements.add(protocol))).toBe('EXHIBIT_WRONG_STATE');
    const { client: clerk } = seats.clerk;
    expect((await clerk.supplements.add(protocol)).n).toBe(2);
    await jobResult(clerk, (await clerk.archive.verify({ exhibit })).job);
    hearing = await scheduledHearing(journey, caseId, exhibit);
    const { client: judge } = seats.judge;
    await judge.hearings.open({ hearing: hearing.id });
    await judge.hearings.screen({ hearing: hearing.id });
    await judge.playback.open({ hearing: hearing.id, exhibit });
    const presented = { exhibit, atMs: 900, playing: true, rate: 1, view: 'both' } as const;
    await judge.playback.present({
      hearing: hearing.id,
      presented: { ...presented, playing: false },
      shown: [[0, 900]],
    });
    await judge.playback.present({ hearing: hearing.id, presented, shown: [[900, 1200]] });
    await judge.playback.close({ hearing: hearing.id, exhibit });
    await judge.playback.open({ hearing: hearing.id, exhibit });
    await judge.playback.present({ hearing: hearing.id, presented, shown: [[1200, 1500]] });
    await judge.hearings.close({ hearing: hearing.id });
    const { job } = await clerk.archive.export({
      exhibit,
      folder: outside,
      name: 'bag',
      to: 'Defence',
      recipient: null,
    });
    await jobResult(clerk, job);
    const paper = { exhibit, language: 'kk', folder: outside, name: 'paper.pdf' } as const;
    await jobResult(clerk, (await clerk.archive.certify(paper)).job);
    await jobResult(clerk, (await clerk.archive.verifyBag({ path: join(outside, 'bag'), trust: [] })).job);
    await seats.auditor.client.custody.check();
    // The end of the recording: asked for, taken back, asked for again, and done by another.
    const end = { exhibit, typed: exhibit };
    await clerk.exhibits.askDestruction({ ...end, reason: 'Ruling 7' });
    await clerk.exhibits.withdrawDestruction({ exhibit });
    await clerk.exhibits.askDestruction({ ...end, reason: 'Ruling 8' });
    expect((await judge.exhibits.destroyKey(end)).state).toBe('destroyed');
    expect(await codeOf(() => judge.playback.open({ hearing: hearing.id, exhibit }))).not.toBe('ok');
    // What is left can still be checked: nothing is wrong with it, and what cannot be looked at is said.
    const left = VerificationResult.parse(await jobResult(clerk, (await clerk.archive.verify({ exhibit })).job));
    expect(left.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    const status = (name: string) => left.checks.find((check) => check.name === name)?.status;
    expect(['stored.1', 'custody.additions.1', 'track.room.heads.1'].map(status)).toEqual(['pass', 'pass', 'pass']);
    const closed = left.checks.filter(({ reason }) => reason.code === 'key-destroyed').map(({ name }) => name);
    expect(closed).toEqual(expect.arrayContaining(['track.room.parts.1', 'track.room.segments.2', 'supplements.1']));
    expect(left.outcome).toBe('unestablished');
  }, 120_000);

  it('another court takes it in', async () => {
    const station = await composeStation({
      folder: join(outside, 'court'),
      create: true,
      log: new HeardLog(),
      cost: cheapCost,
    });
    try {
      await station.start();
      const { client } = takeSeat(station);
      await client.station.setUp({
        id: 'court2',
        name: 'Court 2',
        court: 'Court 2',
        languages: ['kk'],
        administrator: { name: 'A', login: 'administrator', password: passwordOf('administrator') },
        keyHolder: { name: 'C', login: 'clerk', role: 'clerk', password: passwordOf('clerk') },
      });
      await client.session.signIn({ login: 'clerk', password: passwordOf('clerk') });
      const there = new EventWatch(station);
      there.skip();
      const bag = { path: join(outside, 'bag'), trust: [], unestablishedAccepted: true };
      await there.around('archive.import', async () => await jobResult(client, (await client.archive.import(bag)).job));
      expect([...(there.written.get('archive.import') ?? [])]).toEqual(eventsOf('archive.import'));
      watch.written.set('archive.import', there.written.get('archive.import') ?? new Set());
    } finally {
      await station.stop();
    }
  }, 120_000);
});

const eventsOf = (name: string) => [...(table.find((entry) => entry.name === name)?.access.events ?? [])];

describe('the log and the table say the same', () => {
  it('each operation wrote what the table says, and no other event', () => {
    expect(watch.written.get('between calls')).toBeUndefined();
    const here = table.filter(({ name }) => !(name in elsewhere));
    const writtenBy = here.map(({ name }) => [name, [...(watch.written.get(name) ?? [])].sort()]);
    const said = here.map(({ name, access }) => [name, [...access.events].sort()]);
    expect(Object.fromEntries(writtenBy)).toEqual(Object.fromEntries(said));
  });

  it('and where it takes more than this journey has, another test calls it', () => {
    for (const [name, path] of Object.entries(elsewhere)) {
      const [, operation = name] = name.split('.');
      expect(eventsOf(name).length, name).toBeGreaterThan(0);
      expect(readFileSync(path, 'utf8'), `${name} in ${path}`).toContain(operation);
    }
  });

  it('refused calls wrote nothing in this journey', () => {
    for (const [name, actions] of watch.whenRefused) expect({ [name]: [...actions] }).toEqual({ [name]: [] });
  });

  it('the whole log recomputes', async () => {
    expect(await journey.seats.auditor.client.custody.check()).toMatchObject({ whole: true, problem: null });
  });
});

const child = [told.childSurname, told.childGivenName, told.childIin];
const present = [told.psychologist, told.prosecutor];
const secrets = () => [
  ...everySecret,
  told.cameraPassword,
  told.keyFilePassword,
  told.latePassword,
  told.laterPassword,
  ...printed,
  journey.recovery.part1,
  journey.recovery.part2,
  journey.recovery.part1.replaceAll(/[^A-Za-z0-9]/g, ''),
  ...tokens.filter((token) => token !== ''),
];
const KEYS = /AGE-SECRET-KEY-|PRIVATE KEY-----|PRIVATE\+KEY\+/i;

/** Signatures carry their signer's certificate, and that the name of an official: they are left out for those names. */
const unsigned = (path: string) => !path.endsWith('.p7s');

describe('what lies on the disk', () => {
  it('the search finds what is there', () => {
    expect(found(journey.folder, ['Security room']).length).toBeGreaterThan(0);
    expect(filesUnder(journey.folder).length).toBeGreaterThan(20);
  });

  it('holds the child’s name, the names of those present and every secret nowhere in plain', () => {
    expect(found(journey.folder, [...child, ...present, ...secrets()])).toEqual([]);
    expect(found(join(outside, 'bag'), [...child, ...present, ...secrets()])).toEqual([]);
    // A bag goes to strangers: of those who have an account only who signed is named, in their own signature.
    expect(found(join(outside, 'bag'), everyName, unsigned)).toEqual([]);
  });

  it('holds no key that opens anything by itself', () => {
    for (const path of [...filesUnder(journey.folder), ...filesUnder(join(outside, 'bag'))]) {
      expect(readFileSync(path).toString('latin1'), path).not.toMatch(KEYS);
    }
  });

  it('names nobody in the custody log and in the files beside the recordings', () => {
    const log = Buffer.concat(loggedRows(journey.folder).map((row) => Buffer.from(row.bytes)));
    for (const word of [...child, ...present, ...everyName, ...secrets()]) {
      for (const way of ways(word)) expect(log.includes(way), word).toBe(false);
    }
    for (const name of ['recorder', 'targets'])
      expect(found(join(journey.folder, name), everyName, unsigned)).toEqual([]);
  });

  it.skipIf(!hasJsonSchema())(
    'every event is as the published schema says (skipped without python3-jsonschema)',
    () => {
      const rows = loggedRows(journey.folder);
      const faults = schemaFaults(
        'birret-event-1',
        rows.map(({ bytes }) => Buffer.from(bytes).toString('utf8')),
      );
      expect(faults.flatMap((fault, index) => (fault === null ? [] : [`${rows[index]?.action} ${fault}`]))).toEqual([]);
      expect(new Set(rows.map(({ action }) => action)).size).toBeGreaterThan(40);
    },
  );

  it('is read by its owner alone', () => {
    if (process.platform === 'win32') return;
    expect(statSync(journey.folder).mode & 0o077).toBe(0);
    for (const name of ['recorder', 'targets/a', 'targets/b']) {
      expect(statSync(join(journey.folder, name)).mode & 0o077, name).toBe(0);
    }
  });
});

it('the station’s own log says no name and no secret, even before anything is struck out', () => {
  expect(journey.log.lines.length).toBeGreaterThan(0);
  const lines = journey.log.lines.join('\n');
  for (const word of [...child, ...present, ...everyName, ...secrets()]) expect(lines).not.toContain(word);
  expect(lines).not.toMatch(KEYS);
  expect(journey.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});

describe('the custody log in the station’s own file', () => {
  it.each([
    'UPDATE custody_events SET actor_id = actor_id',
    "UPDATE custody_events SET bytes = x'00' WHERE idx = 1",
    'DELETE FROM custody_events WHERE idx = 0',
    'DELETE FROM custody_events',
    "INSERT OR REPLACE INTO custody_events SELECT log, idx, subject_type, subject_id, subject_seq, 'forged', actor_id, at, bytes FROM custody_events WHERE idx = 0",
    "UPDATE custody_nodes SET hash = x'00'",
    'DELETE FROM custody_nodes',
    'UPDATE custody_logs SET origin = origin',
    'DELETE FROM custody_logs',
  ])('refuses %s', async (sql) => {
    const copy = join(outside, `copy-${Math.abs(hashOf(sql))}`);
    await cp(journey.folder, copy, {
      recursive: true,
      filter: (path) => !/targets|recorder|lock/.test(path.slice(journey.folder.length)),
    });
    const db = new BetterSqlite3(join(copy, 'station.db'));
    try {
      // As another program would open it, and as the station does.
      for (const pragma of ['recursive_triggers = OFF', 'recursive_triggers = ON']) {
        db.pragma(pragma);
        expect(() => db.prepare(sql).run(), `${sql}, ${pragma}`).toThrow(/./);
      }
    } finally {
      db.close();
    }
  });
});

const hashOf = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
