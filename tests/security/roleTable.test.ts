import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seat } from '../../src/main/cli/seat.ts';
import { takeSeat } from '../../src/main/cli/seat.ts';
import { authorise } from '../../src/main/server/authorise.ts';
import { CallContext } from '../../src/main/server/index.ts';
import { nobody } from '../../src/shared/contract/access.ts';
import { Role, ScreenKind } from '../../src/shared/domain/roles.ts';
import { callByName, codeOf, type TableEntry, table } from '../support/contractTable.ts';
import {
  type JourneyStation,
  type PersonKey,
  passwordOf,
  peopledStation,
  plannedInterview,
} from '../support/journey.ts';
import { refusalOf } from '../support/testStation.ts';

let journey: JourneyStation;
let ids: Record<'case' | 'child' | 'interview' | 'exhibit' | 'hearing', string>;

beforeAll(async () => {
  journey = await peopledStation();
  const interview = await plannedInterview(journey);
  ids = {
    case: interview.caseId,
    child: interview.child.id,
    interview: interview.id,
    exhibit: interview.exhibit,
    hearing: 'no-hearing-yet',
  };
}, 180_000);
afterAll(() => journey?.end());

const roles = Role.options;
const logSize = async () => (await journey.seats.auditor.client.custody.list({ before: null, count: 1 })).size;
/** Passes the authorisation where it is let, and nothing further: the input is never what the operation takes. */
const harmless = (entry: TableEntry, id = 'there-is-no-such-id') => {
  const { tie } = entry.access;
  return tie.to === 'nothing' || tie.to === 'own' ? { nonsense: true } : { [tie.by]: id, nonsense: true };
};
/** What an operation may end with once it was let: anything but a refusal of the table. */
const refusedByTable = new Set(['ROLE_REFUSED', 'TIE_REFUSED', 'SESSION_MISSING', 'SESSION_LOCKED']);
/** These end or lock the session that the walk needs; they are walked on seats of their own. */
const endsSession = new Set(['session.lock', 'session.signOut', 'session.signIn', 'session.acceptInvitation']);

function paired(kind: ScreenKind, of: string | null): Seat {
  const screen = { id: `paired-${kind}`, kind, of };
  const context = () => ({ call: new CallContext(screen, null, null, () => undefined) });
  return { client: createRouterClient(journey.station.http.router, { context }), screen, token: () => null };
}

async function freshSeat(key: PersonKey): Promise<Seat> {
  const seat = takeSeat(journey.station);
  await seat.client.session.signIn({ login: key.toLowerCase(), password: passwordOf(key) });
  return seat;
}

describe('the role table', () => {
  it('has an entry for every operation, and names events by words with dots', () => {
    expect(table.length).toBeGreaterThan(55);
    for (const { name, access } of table) {
      expect(access, name).not.toBe(nobody);
      expect(access.who.length, name).toBeGreaterThan(0);
      for (const event of access.events) expect(event, name).toMatch(/^[a-z-]+\.[a-z-]+$/);
    }
  });

  it('ties every operation that names a case, child, interview, exhibit or hearing', () => {
    const tied = table.filter(({ access }) => access.tie.to !== 'nothing' && access.tie.to !== 'own');
    expect(tied.length).toBeGreaterThan(30);
    for (const { name, access } of tied) {
      if (access.tie.to === 'nothing' || access.tie.to === 'own') continue;
      expect(access.who, name).not.toBe('anyone');
      expect(access.who, name).not.toBe('shell');
      expect(access.tie.through.length, name).toBeGreaterThan(0);
    }
  });

  it('never lets administrators, auditors or operators near keys, identities or recordings', () => {
    const near =
      /^(playback|hearings|archive\.(accept|export|import|handOver|verify)$|cases|exhibits|recording\.(begin|stop|seal)$)/;
    for (const { name, access } of table.filter((entry) => near.test(entry.name))) {
      for (const role of ['administrator', 'auditor', 'operator'] as const)
        expect(access.who, name).not.toContain(role);
    }
  });

  it('refuses an operation without an entry to everybody', async () => {
    const desk = { id: 's', kind: 'desk', of: null } as const;
    for (const role of roles) {
      const person = { id: 'p', code: 'p', name: 'P', role };
      expect(
        await refusalOf(() => authorise(nobody, { screen: desk, person, locked: false }, {}, () => new Set())),
      ).toBe('ROLE_REFUSED');
    }
    expect(
      await refusalOf(() => authorise(nobody, { screen: desk, person: null, locked: false }, {}, () => new Set())),
    ).toBe('SESSION_MISSING');
    for (const kind of ScreenKind.options.filter((one) => one !== 'desk')) {
      const screen = { id: 's', kind, of: 'x' } as const;
      expect(await refusalOf(() => authorise(nobody, { screen, person: null, locked: false }, {}, () => null))).toBe(
        'ROLE_REFUSED',
      );
    }
  });
});

describe('every operation × every role', () => {
  it.each(roles)(
    '%s: allowed as the table says, and only with a tie',
    async (role) => {
      const seat = journey.seats[role];
      for (const entry of table) {
        if (endsSession.has(entry.name) || entry.access.who === 'anyone') continue;
        const { who, tie } = entry.access;
        const code = await codeOf(() => callByName(seat, entry, entry.takesInput ? harmless(entry) : undefined));
        const at = `${role} ${entry.name}`;
        if (who !== 'shell' && !who.includes(role)) expect(code, at).toBe('ROLE_REFUSED');
        else if (tie.to !== 'nothing' && tie.to !== 'own') expect(code, at).toBe('TIE_REFUSED');
        else if (entry.takesInput) expect(code, at).toBe('REQUEST_MALFORMED');
        else expect(refusedByTable.has(code), `${at}: ${code}`).toBe(false);
      }
    },
    120_000,
  );

  it('a person of the right role without the tie is refused like one who asks for what is not there', async () => {
    const before = await logSize();
    const strangers = {
      investigator: 'otherInvestigator',
      judge: 'otherJudge',
      clerk: 'clerk',
      operator: 'operator',
    } as const;
    for (const entry of table) {
      const { who, tie } = entry.access;
      if (tie.to === 'nothing' || tie.to === 'own' || typeof who === 'string') continue;
      for (const role of who) {
        if (role === 'administrator' || role === 'auditor') continue;
        const seat = journey.seats[strangers[role]];
        for (const id of [ids[tie.to], 'there-is-no-such-id']) {
          expect(await codeOf(() => callByName(seat, entry, harmless(entry, id))), `${role} ${entry.name} ${id}`).toBe(
            'TIE_REFUSED',
          );
        }
      }
    }
    expect(await logSize()).toBe(before);
  }, 120_000);

  it('a tie to one thing is none to what is handed in beside it', async () => {
    const { seats } = journey;
    const own = await seats.otherInvestigator.client.cases.create({ number: 'OTHER-1', court: 'Test court' });
    const [room] = await seats.administrator.client.rooms.list();
    const plan = {
      caseId: own.id,
      childId: ids.child,
      kind: 'deposition' as const,
      language: 'kk' as const,
      room: room?.id ?? '',
      plannedAt: new Date(Date.now() + 86_400_000).toISOString(),
      plannedMinutes: 5,
      participants: [],
      further: { reason: 'a child of another case', authority: 'none' },
    };
    expect(await codeOf(() => seats.otherInvestigator.client.interviews.plan(plan))).toBe('CHILD_UNKNOWN');
    expect((await seats.otherInvestigator.client.interviews.list()).length).toBe(0);
    expect((await seats.otherInvestigator.client.exhibits.list()).length).toBe(0);
    expect((await seats.otherInvestigator.client.cases.list()).map((one) => one.id)).toEqual([own.id]);
    expect(await seats.otherJudge.client.cases.list()).toEqual([]);
    expect(await seats.clerk.client.cases.list()).toEqual([]);
  });

  it('nobody signed in: only what anyone may', async () => {
    const seat = takeSeat(journey.station);
    for (const entry of table) {
      const code = await codeOf(() => callByName(seat, entry, entry.takesInput ? harmless(entry) : undefined));
      const open = entry.access.who === 'anyone' || entry.access.who === 'shell';
      if (!open) expect(code, entry.name).toBe('SESSION_MISSING');
      else expect(code, entry.name).toBe(entry.takesInput ? 'REQUEST_MALFORMED' : 'ok');
    }
  });

  it.each(roles)(
    '%s, locked: only what a locked session may',
    async (role) => {
      const seat = await freshSeat(role);
      await seat.client.session.lock();
      for (const entry of table) {
        if (endsSession.has(entry.name)) continue;
        const { who, tie, whileLocked } = entry.access;
        const code = await codeOf(() => callByName(seat, entry, entry.takesInput ? harmless(entry) : undefined));
        const at = `${role} ${entry.name}`;
        if (who === 'anyone' || who === 'shell') expect(refusedByTable.has(code), `${at}: ${code}`).toBe(false);
        else if (!who.includes(role)) expect(code, at).toBe('ROLE_REFUSED');
        else if (whileLocked !== true) expect(code, at).toBe('SESSION_LOCKED');
        else if (tie.to !== 'nothing' && tie.to !== 'own') expect(code, at).toBe('TIE_REFUSED');
      }
      await seat.client.session.signOut();
    },
    120_000,
  );

  it.each(ScreenKind.options.filter((kind) => kind !== 'desk'))(
    'a paired %s screen: its purpose alone',
    async (kind) => {
      const seat = paired(kind, 'paired-to-this');
      const before = await logSize();
      for (const entry of table) {
        const { screens, tie } = entry.access;
        const code = await codeOf(() => callByName(seat, entry, entry.takesInput ? harmless(entry) : undefined));
        if (screens?.includes(kind) !== true) expect(code, entry.name).toBe('ROLE_REFUSED');
        else if (tie.to !== 'nothing' && tie.to !== 'own') expect(code, entry.name).toBe('TIE_REFUSED');
        else expect(code, entry.name).toBe('ok');
      }
      expect(await logSize()).toBe(before);
      const unpaired = paired(kind, null);
      for (const entry of table.filter(({ access }) => access.tie.to === 'hearing')) {
        expect(['ROLE_REFUSED', 'TIE_REFUSED']).toContain(
          await codeOf(() => callByName(unpaired, entry, harmless(entry))),
        );
      }
    },
  );
});

describe('keys', () => {
  it('one who waits for access holds a key that opens nothing', async () => {
    const { administrator } = journey.seats;
    const { code } = await administrator.client.accounts.invite({
      name: 'Late Oribiv',
      login: 'late',
      role: 'investigator',
    });
    const seat = takeSeat(journey.station);
    const { account } = await seat.client.session.acceptInvitation({ code, password: 'willow-engine-late-6650' });
    expect(account).toMatchObject({ keys: 'waits', certificate: 'requested' });
    const session = journey.station.http.sessions.find(seat.token(), { touch: true });
    expect(await refusalOf(async () => await session?.keys?.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
    expect(await refusalOf(async () => await session?.keys?.signer())).toBe('CERTIFICATE_MISSING');
    expect(await refusalOf(async () => await session?.keys?.certificateAuthority())).toBe('ACCESS_NOT_GRANTED');
    // Tied to a case they still open no identity record of it, and cannot let themselves in.
    await journey.seats.investigator.client.cases.assign({ caseId: ids.case, account: account?.id ?? '' });
    expect(await codeOf(() => seat.client.cases.identity({ childId: ids.child }))).toBe('ACCESS_NOT_GRANTED');
    expect(await codeOf(() => seat.client.accounts.grant({ account: account?.id ?? '' }))).toBe('ACCESS_NOT_GRANTED');
    await administrator.client.accounts.suspend({ account: account?.id ?? '' });
    expect(await codeOf(() => seat.client.interviews.list())).toBe('SESSION_MISSING');
    expect(await codeOf(() => seat.client.session.signIn({ login: 'late', password: 'willow-engine-late-6650' }))).toBe(
      'SIGN_IN_FAILED',
    );
  });

  it.each(['administrator', 'auditor', 'operator'] as const)('%s opens neither vault nor identities', async (role) => {
    const session = journey.station.http.sessions.find(journey.seats[role].token(), { touch: true });
    expect(await refusalOf(async () => await session?.keys?.vaultIdentity())).toBe('ACCESS_NOT_GRANTED');
    const holds = await codeOf(async () => await session?.keys?.certificateAuthority());
    expect(holds).toBe(role === 'administrator' ? 'ok' : 'ACCESS_NOT_GRANTED');
    const { account } = await journey.seats[role].client.session.me();
    expect(await codeOf(() => journey.seats.clerk.client.accounts.grant({ account: account?.id ?? '' }))).toBe(
      'ROLE_REFUSED',
    );
  });

  it('a locked session has none, an unlocked one has them again', async () => {
    const seat = await freshSeat('investigator');
    const find = () => journey.station.http.sessions.find(seat.token(), { touch: true });
    const before = find()?.keys;
    expect(await codeOf(async () => await before?.vaultIdentity())).toBe('ok');
    await seat.client.session.lock();
    expect(find()).toMatchObject({ keys: null, locked: true });
    // Keys that somebody still holds are closed with the session.
    expect(await refusalOf(async () => await before?.vaultIdentity())).toBe('SESSION_LOCKED');
    expect(await refusalOf(async () => await before?.signer())).toBe('SESSION_LOCKED');
    expect(await codeOf(() => seat.client.session.unlock({ password: 'not the password' }))).toBe('SIGN_IN_FAILED');
    await seat.client.session.unlock({ password: passwordOf('investigator') });
    expect(await codeOf(async () => await find()?.keys?.vaultIdentity())).toBe('ok');
  });

  it('five wrong passwords lock, also for a login that nobody has', async () => {
    const seat = takeSeat(journey.station);
    for (const login of ['otherjudge', 'nobody-here']) {
      for (let wrong = 0; wrong < 5; wrong++) {
        expect(await codeOf(() => seat.client.session.signIn({ login, password: 'wrong wrong' }))).toBe(
          'SIGN_IN_FAILED',
        );
      }
      const password = login === 'otherjudge' ? passwordOf('otherJudge') : 'anything else';
      expect(await codeOf(() => seat.client.session.signIn({ login, password }))).toBe('ACCOUNT_LOCKED');
    }
    const { events } = await journey.seats.auditor.client.custody.list({ before: null, count: 20 });
    expect(events.map((event) => event.action)).toContain('account.locked');
  });
});
