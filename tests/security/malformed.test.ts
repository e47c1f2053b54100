import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/shared/errors.ts';
import { type TableEntry, table } from '../support/contractTable.ts';
import { applicationOf, HttpDesk, type Said, type Sent } from '../support/httpDesk.ts';
import {
  type JourneyStation,
  loginOf,
  type PersonKey,
  passwordOf,
  peopledStation,
  plannedInterview,
} from '../support/journey.ts';

let journey: JourneyStation;
let renderer: string;
let app: Hono;
const desks = new Map<PersonKey, HttpDesk>();
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  journey = await peopledStation();
  const interview = await plannedInterview(journey);
  renderer = await mkdtemp(join(tmpdir(), 'birret-renderer-'));
  await mkdir(join(renderer, 'assets'));
  await writeFile(join(renderer, 'index.html'), '<!doctype html>');
  app = applicationOf(journey.station, journey.log, renderer);
  for (const key of ['administrator', 'clerk', 'investigator', 'judge', 'operator', 'auditor'] as const) {
    const desk = new HttpDesk(app);
    await desk.enter();
    expect((await desk.rpc('session.signIn', { login: loginOf(key), password: passwordOf(key) })).status).toBe(200);
    desks.set(key, desk);
  }
  ids = { caseId: interview.caseId, childId: interview.child.id, interview: interview.id, exhibit: interview.exhibit };
}, 180_000);
afterAll(async () => {
  await journey?.end();
  await rm(renderer, { recursive: true, force: true });
});

/** The desk of somebody who may call it: an investigator where that is possible, since they have ties here. */
function deskFor({ access }: TableEntry): HttpDesk {
  const { who } = access;
  const key = typeof who === 'string' || who.includes('investigator') ? 'investigator' : (who[0] ?? 'administrator');
  const desk = desks.get(key);
  if (desk === undefined) throw new Error(key);
  return desk;
}

/** Everything that the database holds, as one digest a table: what changed nothing leaves it as it was. */
function content(): string {
  const db = new BetterSqlite3(join(journey.folder, 'station.db'), { readonly: true });
  try {
    const tables = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[];
    // Wrong passwords are counted: that is what the count is for.
    const rows = tables.map((name) => {
      const all = db.prepare(`SELECT * FROM "${name}"`).all() as Record<string, unknown>[];
      return all.map(({ wrong_passwords: _, ...row }) => row);
    });
    return JSON.stringify([tables, rows]);
  } finally {
    db.close();
  }
}

function refusedWell({ status, code, text }: Said, at: string): void {
  expect(errorCodes as readonly (string | null)[], `${at}: ${status} ${text.slice(0, 200)}`).toContain(code);
  expect(code, at).not.toBe('INTERNAL');
  expect(status, at).toBeGreaterThanOrEqual(400);
  expect(status, at).toBeLessThan(500);
  // Neither a stack nor what a library would say of the shape it wanted.
  expect(text, at).not.toMatch(/\bat .*\.(m?[jt]s)|node_modules|ZodError|invalid_type|stack/i);
}

/** Operations that end the session which the walk needs, or that have no input to be wrong. */
const skipped = new Set(['session.signOut', 'session.lock']);
const walked = table.filter(({ name }) => !skipped.has(name));
const withInput = walked.filter(({ takesInput }) => takesInput);
const long = 'ж'.repeat(200_000);
/** The tied id is right, so that the shape itself is what refuses. */
const tied = ({ access: { tie } }: TableEntry): Record<string, unknown> =>
  tie.to === 'nothing' || tie.to === 'own' ? {} : { [tie.by]: ids[tie.by] ?? 'none' };

const shapes: readonly (readonly [string, (entry: TableEntry) => unknown])[] = [
  ['null', () => null],
  ['a number', () => 7],
  ['a string', () => 'input'],
  ['true', () => true],
  ['an empty list', () => []],
  ['a list', (entry) => [tied(entry)]],
  ['an empty object', () => ({})],
  ['only the id', (entry) => ({ ...tied(entry), nonsense: 1 })],
  ['ids of the wrong type', () => Object.fromEntries(fieldNames.map((name) => [name, { $gt: '' }]))],
  ['ids that are lists', () => Object.fromEntries(fieldNames.map((name) => [name, ['a']]))],
  ['numbers everywhere', () => Object.fromEntries(fieldNames.map((name) => [name, -1e308]))],
  ['nulls everywhere', (entry) => ({ ...Object.fromEntries(fieldNames.map((name) => [name, null])), ...tied(entry) })],
  [
    'huge strings',
    (entry) => ({
      ...Object.fromEntries(['reason', 'name', 'login', 'path'].map((name) => [name, long])),
      ...tied(entry),
    }),
  ],
  ['a huge id', () => Object.fromEntries(fieldNames.slice(0, 8).map((name) => [name, long.slice(0, 20_000)]))],
  ['SQL', () => Object.fromEntries(fieldNames.map((name) => [name, "' OR 1=1; DROP TABLE accounts; --"]))],
  ['control characters', () => Object.fromEntries(fieldNames.map((name) => [name, 'a\u0000\u001b[2J\ud800']))],
];
const fieldNames = [
  ...[
    'caseId',
    'childId',
    'interview',
    'exhibit',
    'hearing',
    'account',
    'job',
    'id',
    'login',
    'password',
    'code',
    'name',
  ],
  ...['role', 'number', 'court', 'paths', 'path', 'trust', 'folder', 'to', 'recipient', 'status', 'identity', 'reason'],
  ...[
    'type',
    'phase',
    'label',
    'confirmed',
    'before',
    'count',
    'sources',
    'presented',
    'shown',
    'part1',
    'part2',
    'note',
  ],
];

/** Bodies that are no JSON of ours at all, with what they say of themselves. */
const bodies: readonly (readonly [string, Sent, string])[] = [
  ['nothing', '', 'application/json'],
  ['a torn object', '{"json": {"case', 'application/json'],
  ['no JSON', 'hello', 'application/json'],
  ['NaN', '{"json": NaN}', 'application/json'],
  ['null as the envelope', 'null', 'application/json'],
  ['a list as the envelope', '[1,2]', 'application/json'],
  ['a string as the envelope', '"x"', 'application/json'],
  [
    'a prototype',
    '{"json":{"__proto__":{"role":"administrator"},"constructor":{"prototype":{"polluted":1}}}}',
    'application/json',
  ],
  ['meta into a prototype', '{"json":{},"meta":[["date","__proto__","polluted"]]}', 'application/json'],
  [
    'meta into a constructor',
    '{"json":{"a":"1"},"meta":[["bigint","constructor","prototype","polluted"]]}',
    'application/json',
  ],
  ['meta of no shape', '{"json":{},"meta":{"a":1}}', 'application/json'],
  ['meta of numbers', '{"json":{},"meta":[1,null,"x"]}', 'application/json'],
  ['a bad URL', '{"json":"::","meta":[["url"]]}', 'application/json'],
  ['a bad expression', '{"json":"/((((/x","meta":[["regexp"]]}', 'application/json'],
  ['a long number', `{"json":"${'9'.repeat(100_000)}","meta":[["bigint"]]}`, 'application/json'],
  ['deep lists', `{"json":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'application/json'],
  ['bytes', new Uint8Array([0xff, 0xfe, 0x00, 0x80]), 'application/json'],
  ['bytes as bytes', new Uint8Array([0xff, 0xfe, 0x00, 0x80]), 'application/octet-stream'],
  ['text', 'plain', 'text/plain'],
  ['a stream of events', 'event: message\ndata: {"json":{}}\n\n', 'text/event-stream'],
  ['a torn form', '--x\r\nContent-Disposition: form-data; name="data"', 'multipart/form-data; boundary=x'],
  [
    'a form without data',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
    'multipart/form-data; boundary=x',
  ],
  [
    'a form whose data is no JSON',
    '--x\r\nContent-Disposition: form-data; name="data"\r\n\r\n{\r\n--x--\r\n',
    'multipart/form-data; boundary=x',
  ],
  ['a form', 'json=1', 'application/x-www-form-urlencoded'],
  ['an unknown type', '{"json":{}}', 'x/y; charset=\u00e9'],
];

describe('malformed requests to every operation', () => {
  let before: string;
  beforeAll(() => {
    before = content();
  });

  it.each(shapes)(
    '%s',
    async (_, make) => {
      for (const entry of withInput) {
        const answer = await deskFor(entry).rpc(entry.name, make(entry));
        refusedWell(answer, entry.name);
      }
      expect(content()).toBe(before);
    },
    120_000,
  );

  it.each(bodies)(
    'a body of %s',
    async (_, body, type) => {
      for (const entry of withInput) {
        const answer = await deskFor(entry).raw(entry.name, body, { 'content-type': type });
        refusedWell(answer, entry.name);
      }
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      expect(content()).toBe(before);
    },
    120_000,
  );

  it('more than the limit, by its length and without one', async () => {
    const body = `{"json":"${'a'.repeat(2 * 1024 * 1024)}"}`;
    const ten = Buffer.alloc(10 * 1024 * 1024, 'a');
    // These bring a file; what is longer than any file may be is looked at in tests/integration/attachments.
    const bringing = new Set(['attachments.keep', 'supplements.add', 'tablet.setVoice']);
    for (const entry of withInput.filter(({ name }) => !bringing.has(name))) {
      const desk = deskFor(entry);
      const known = await desk.raw(entry.name, body, { 'content-length': String(body.length) });
      expect(known, entry.name).toMatchObject({ status: 413, code: 'REQUEST_MALFORMED' });
    }
    for (const sent of [body, ten]) {
      const desk = deskFor(withInput[0] ?? walked[0] ?? fail());
      refusedWell(await desk.raw('cases.create', sent), 'cases.create');
    }
    expect(content()).toBe(before);
  }, 120_000);

  it('methods and addresses that the contract does not know', async () => {
    const desk = desks.get('investigator') ?? fail();
    for (const entry of walked.filter(({ access }) => access.events.length > 0 || access.tie.to !== 'nothing')) {
      const path = `/rpc/${entry.area}/${entry.operation}`;
      const data = encodeURIComponent(JSON.stringify({ json: tied(entry) }));
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
        const answer = await desk.request(`${path}?data=${data}`, { method, headers: { 'x-birret': '1' } });
        expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, `${method} ${path}`).toBeLessThan(500);
      }
    }
    for (const name of [
      'no.such',
      'cases.__proto__',
      'cases.constructor',
      '__proto__.toString',
      'cases',
      'cases.create.more',
      'cases.%00',
    ]) {
      refusedWell(await desk.rpc(name, {}), name);
    }
    expect(content()).toBe(before);
  }, 60_000);
});

const fail = (): never => {
  throw new Error('there is none');
};
