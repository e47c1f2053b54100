import { RPCHandler } from '@orpc/server/fetch';
import type { Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { Line } from '../../shared/contract/common.ts';
import type { ScreenKind } from '../../shared/domain/roles.ts';
import { type ErrorCode, isRefusal } from '../../shared/errors.ts';
import type { Sessions } from '../accounts/index.ts';
import type { Log } from '../platform/log.ts';
import type { Voices } from '../tablet/index.ts';
import { attachmentRoutes, type BesideSource } from './attachmentRoutes.ts';
import { asksByItself } from './byItself.ts';
import { CallContext } from './context.ts';
import { inTheClosedList } from './crossing.ts';
import { type MediaSource, mediaRoutes } from './media.ts';
import type { Pairing } from './pairing.ts';
import type { StationRouter } from './router/index.ts';
import type { Door, Screen, ScreenRegistry } from './screens.ts';
import { voiceRoutes } from './voiceRoutes.ts';

export interface ScreenRoutesNeeds {
  readonly router: StationRouter;
  readonly screens: ScreenRegistry;
  readonly sessions: Sessions;
  readonly pairing: Pairing;
  readonly media: MediaSource;
  readonly beside: BesideSource;
  readonly voices: Pick<Voices, 'sound'>;
  readonly log: Log;
}

/** What differs between loopback and the court's network. */
export interface DoorWays {
  readonly door: Door;
  /** The name of a cookie of this door. */
  readonly cookie: (kind: 'screen' | 'session') => string;
  /** Cookies travel over TLS alone. */
  readonly secure: boolean;
  /** Where a screen begins, by what it was let in as. */
  readonly firstPage: Readonly<Record<ScreenKind, string>>;
}

const PairBody = z.strictObject({ code: z.string().max(100), label: Line.max(60).nullable() });

/** What both doors serve to screens that were let in: pairing, the contract, media. */
export function screenRoutes(app: Hono, needs: ScreenRoutesNeeds, ways: DoorWays): void {
  const { screens, sessions, pairing, media, log } = needs;
  const { door, cookie, secure, firstPage } = ways;
  const rpc = new RPCHandler(needs.router, { interceptors: [inTheClosedList(log)] });
  const options = { httpOnly: true, sameSite: 'Strict', path: '/', secure } as const;
  const screenOf = (c: Context): Screen | null => screens.find(getCookie(c, cookie('screen')), door);
  /** Sessions are of people at the desk: a paired screen is nobody's, whatever cookies it sends. */
  const sessionOf = (c: Context, screen: Screen, touch: boolean) =>
    screen.kind === 'desk' ? sessions.find(getCookie(c, cookie('session')), { touch }) : null;

  app.post('/pair', async (c) => {
    // The header cannot be sent by a foreign page's form.
    const body = PairBody.safeParse(c.req.header('x-birret') === '1' ? await c.req.json().catch(() => null) : null);
    if (!body.success) return c.json({ code: 'REQUEST_MALFORMED', params: {} }, 400);
    try {
      const { code, label } = body.data;
      const { token, screen } = pairing.enter(code, { address: addressOf(c), label, door });
      setCookie(c, cookie('screen'), token, options);
      return c.json({ path: firstPage[screen.kind] });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return c.json({ code: error.code, params: error.params }, error.code === 'PAIRING_PAUSED' ? 429 : 403);
    }
  });

  app.all('/rpc/*', async (c) => {
    if (c.req.method !== 'POST') return c.json(refused('REQUEST_MALFORMED', 405), 405);
    const screen = screenOf(c);
    if (screen === null || c.req.header('x-birret') !== '1')
      return c.json(refused('NOT_FROM_A_KNOWN_SCREEN', 403), 403);
    const sent = getCookie(c, cookie('session')) ?? null;
    // By the contract for what is never a person's act, by the header where a list refreshes itself.
    const byItself = asksByItself(c.req.path) || c.req.header('x-birret-by-itself') === '1';
    const session = sessionOf(c, screen, !byItself);
    const call = new CallContext(screen, session, sent, (token) =>
      token === null
        ? setCookie(c, cookie('session'), '', { ...options, maxAge: 0 })
        : setCookie(c, cookie('session'), token, options),
    );
    const { matched, response } = await rpc.handle(c.req.raw, { prefix: '/rpc', context: { call } });
    if (!matched) return c.json(refused('REQUEST_MALFORMED', 404), 404);
    return c.newResponse(response.body, response);
  });

  const viewer = (c: Context) => {
    const screen = screenOf(c);
    return screen === null ? null : { screen, session: sessionOf(c, screen, false) };
  };
  attachmentRoutes(app, needs.beside, viewer);
  mediaRoutes(app, media, viewer);
  voiceRoutes(app, needs.voices, viewer);
}

/** A refusal outside the contract's own handler, in the shape that the contract's client reads. */
export function refused(code: ErrorCode, status: number) {
  return { json: { defined: false, code, status, message: code, data: { params: {} } } };
}

/** The address that a request came from; IPv4 in its own form also where it came through an IPv6 socket. */
export function addressOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return (incoming?.socket?.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}
