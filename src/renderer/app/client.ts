import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { createContext, useContext } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';

/** What the screens know of an error: a code of the closed list (or a transport's), and the figures of its sentence. */
export interface Trouble {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The station that served this page. The header tells it that the call is one of our screens', not a foreign page's form. */
export function connect(): StationClient {
  const link = new RPCLink({
    url: `${location.origin}/rpc`,
    headers: { 'x-birret': '1' },
    fetch: (request, init) => globalThis.fetch(request, { ...init, credentials: 'same-origin' }),
  });
  return createORPCClient(link);
}

const ClientContext = createContext<StationClient | null>(null);
export const ClientProvider = ClientContext.Provider;

/** The station, typed by the contract: `const station = useStation(); await station.cases.list()`. */
export function useStation(): StationClient {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('useStation outside of ClientProvider');
  return client;
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
