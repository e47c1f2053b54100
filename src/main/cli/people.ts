import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { SetUpResult } from '../../shared/contract/station.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { Station } from '../composition.ts';
import { type Seat, takeSeat } from './seat.ts';

/** An account as the demo prints it: its password is for the demo alone. */
export interface DemoAccount {
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

/** What a made-up station is called, and its people. */
export interface MadeUp {
  /** With which its exhibit numbers begin. */
  readonly id: string;
  readonly name: string;
  readonly court: string;
  readonly names: Readonly<Record<Role, string>>;
}

const demoNames: MadeUp['names'] = {
  administrator: 'Admin Demo',
  clerk: 'Saule Demo',
  investigator: 'Aigerim Demo',
  judge: 'Askar Demo',
  operator: 'Marat Demo',
  auditor: 'Dana Demo',
};
const WORDS = [
  'steppe',
  'saddle',
  'apple',
  'river',
  'falcon',
  'winter',
  'tulip',
  'barley',
  'copper',
  'meadow',
  'lantern',
  'snow',
];

const demoStation: MadeUp = { id: 'demo', name: 'Demo room', court: 'Demo court (simulated)', names: demoNames };

/** Logins of the demo are the roles. */
export const demoLogin = (role: Role) => role;

function newPassword(): string {
  const words = Array.from({ length: 4 }, () => WORDS[randomInt(WORDS.length)]);
  return `${words.join('-')}-${randomInt(1000, 9999)}`;
}

/** The people of a demo station, each signed in on a seat of their own. */
export interface DemoPeople {
  readonly accounts: readonly DemoAccount[];
  readonly seats: Readonly<Record<Role, Seat>>;
  /** What the first run hands out on paper: the recovery key in two parts, the root's fingerprint. */
  readonly setUp: z.infer<typeof SetUpResult>;
}

/**
 * Sets a new station up as its people would: administrator and first key holder (the clerk) in the first run, the others
 * by invitation; certificates from the administrator; access to recordings from the key holder.
 */
export async function makePeople(station: Station, made: Partial<MadeUp> = {}): Promise<DemoPeople> {
  const { id, name, court, names } = { ...demoStation, ...made };
  const accounts = new Map<Role, DemoAccount>(
    (['administrator', 'clerk', 'investigator', 'judge', 'operator', 'auditor'] as const).map((role) => [
      role,
      { name: names[role], role, password: newPassword() },
    ]),
  );
  const account = (role: Role): DemoAccount => {
    const found = accounts.get(role);
    if (found === undefined) throw new Error(`no demo account ${role}`);
    return found;
  };
  const desk = takeSeat(station);
  const setUp = await desk.client.station.setUp({
    id,
    name,
    court,
    languages: ['kk', 'ru', 'en'],
    administrator: {
      name: names.administrator,
      login: demoLogin('administrator'),
      password: account('administrator').password,
    },
    keyHolder: { name: names.clerk, login: demoLogin('clerk'), role: 'clerk', password: account('clerk').password },
  });
  const signIn = async (role: Role): Promise<Seat> => {
    const seat = takeSeat(station);
    await seat.client.session.signIn({ login: demoLogin(role), password: account(role).password });
    return seat;
  };
  const [administrator, clerk] = [await signIn('administrator'), await signIn('clerk')];
  const join = async (role: Role): Promise<Seat> => {
    const { code } = await administrator.client.accounts.invite({ name: names[role], login: demoLogin(role), role });
    const seat = takeSeat(station);
    const session = await seat.client.session.acceptInvitation({ code, password: account(role).password });
    const id = session.account?.id ?? '';
    if (session.account?.certificate === 'requested') await administrator.client.accounts.certify({ account: id });
    if (session.account?.keys === 'waits') await clerk.client.accounts.grant({ account: id });
    return seat;
  };
  const seats = {
    administrator,
    clerk,
    investigator: await join('investigator'),
    judge: await join('judge'),
    operator: await join('operator'),
    auditor: await join('auditor'),
  };
  return { accounts: [...accounts.values()], seats, setUp };
}
