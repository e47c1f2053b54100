import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { Seat } from '../../src/main/cli/seat.ts';
import { findOrStartStation } from '../../src/main/launch/findStation.ts';
import { type RunningStation, requestCode } from '../../src/main/launch/station.ts';
import type { StationClient } from '../../src/shared/contract/index.ts';

/** A screen of this machine's shell at a station that runs as a process of its own: what a window is, without a picture. */
export interface StationScreen {
  readonly station: RunningStation;
  readonly seat: Seat;
}

/** The station of `folder`, started as the shell does it if none runs, and a person signed in at it over HTTP. */
export async function enterStation(folder: string, login: string, password: string): Promise<StationScreen> {
  const station = await findOrStartStation(folder, { withinMs: 120_000 });
  const cookies = new Map<string, string>();
  const enter = await fetch(`${station.origin}/enter`, {
    method: 'POST',
    body: new URLSearchParams({ code: await requestCode(station) }),
    redirect: 'manual',
  });
  keep(cookies, enter);
  if (cookies.size === 0) throw new Error(`the station let no screen in: ${enter.status}`);
  const client: StationClient = createORPCClient(
    new RPCLink({
      url: `${station.origin}/rpc`,
      headers: () => ({ 'x-birret': '1', origin: station.origin, cookie: line(cookies) }),
      fetch: async (request, init) => {
        const answer = await globalThis.fetch(request, init);
        keep(cookies, answer);
        return answer;
      },
    }),
  );
  await client.session.signIn({ login, password });
  return { station, seat: { client, screen: { id: 'over-http', kind: 'desk', of: null }, token: () => null } };
}

const line = (cookies: ReadonlyMap<string, string>): string => [...cookies].map((pair) => pair.join('=')).join('; ');

function keep(cookies: Map<string, string>, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
}
