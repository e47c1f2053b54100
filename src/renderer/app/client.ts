import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { createContext, useContext } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';

/** What the screens know of an error: a code of the closed list (or a transport's), and the figures of its sentence. */
export interface Trouble {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The two ways of asking the station: by what a person did, and by the screen itself, again and again. */
export interface Connection {
  readonly station: StationClient;
  /** Says of itself that nobody did anything, so that asking again does not keep a session awake. */
  readonly quietly: StationClient;
}

/** The station that served this page. The header tells it that the call is one of our screens', not a foreign page's form. */
export function connect(): Connection {
  const client = (headers: Readonly<Record<string, string>>): StationClient =>
    createORPCClient(
      new RPCLink({
        url: `${location.origin}/rpc`,
        headers: { 'x-birret': '1', ...headers },
        fetch: (request, init) => globalThis.fetch(request, { ...init, credentials: 'same-origin' }),
      }),
    );
  return { station: client({}), quietly: client({ 'x-birret-by-itself': '1' }) };
}

const ConnectionContext = createContext<Connection | null>(null);
export const ConnectionProvider = ConnectionContext.Provider;

/** Both ways of asking; screens that ask again by themselves use `quietly` for that. */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === null) throw new Error('useConnection outside of ConnectionProvider');
  return connection;
}

/** The station, typed by the contract: `const station = useStation(); await station.cases.list()`. */
export function useStation(): StationClient {
  return useConnection().station;
}

function paramsOf(data: unknown): Trouble['params'] {
  if (typeof data !== 'object' || data === null || !('params' in data)) return {};
  const { params } = data;
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
}

/** What went wrong in a call. A station that does not answer is `UNREACHABLE`, which is the screen's own code. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ORPCError) return { code: String(error.code), params: paramsOf(error.data) };
  if (error instanceof TypeError) return { code: 'UNREACHABLE', params: {} };
  return { code: 'INTERNAL', params: {} };
}
