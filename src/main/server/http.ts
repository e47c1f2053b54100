import { RPCHandler } from '@orpc/server/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import type { ScreenKind } from '../../shared/domain/roles.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Sessions } from '../accounts/index.ts';
import type { Log } from '../platform/log.ts';
import { asksByItself } from './byItself.ts';
import { CallContext } from './context.ts';
import { inTheClosedList } from './crossing.ts';
import { type GuardNeeds, guard, sameSecret } from './guard.ts';
import { type MediaSource, mediaRoutes } from './media.ts';
import type { StationRouter } from './router/index.ts';
import type { Screen, ScreenRegistry } from './screens.ts';
import { staticFiles } from './staticFiles.ts';

/** No request of the contract comes near this: bags and recordings are named by their path, never sent. */
const BODY_BYTES = 1024 * 1024;

/** Where a screen begins, by what it was let in as. */
const FIRST_PAGE: Readonly<Record<ScreenKind, string>> = {
  desk: '/',
  courtroom: '/screen',
  observer: '/observe',
  child: '/',
};

export interface HttpNeeds extends GuardNeeds {
  readonly router: StationRouter;
  readonly screens: ScreenRegistry;
  readonly sessions: Sessions;
  readonly media: MediaSource;
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  /** The secret of this start, as in run.json. */
  readonly secret: string;
  readonly version: string;
  readonly log: Log;
  /** The last window of the shell closed: the station may end itself if nothing else goes on. */
  readonly onShellClosing: () => void;
}

/** The station's one HTTP application: the same `fetch` serves loopback and tests. */
export function httpApplication(needs: HttpNeeds): Hono {
  const { screens, sessions } = needs;
  const app = new Hono();
  const rpc = new RPCHandler(needs.router, { interceptors: [inTheClosedList(needs.log)] });
  app.use(guard(needs));
  app.use(bodyLimit({ maxSize: BODY_BYTES, onError: (c) => c.json(refused('REQUEST_MALFORMED', 413), 413) }));
  app.onError((error, c) => {
    needs.log.error({ path: c.req.path, err: error }, 'failed');
    return c.json(refused('INTERNAL', 500), 500);
  });
  app.notFound((c) => c.json(refused('REQUEST_MALFORMED', 404), 404));

  const cookie = (kind: 'screen' | 'session') => `birret-${kind}-${needs.port()}`;
  const cookieOptions = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
  const screenOf = (c: Parameters<typeof getCookie>[0]): Screen | null => screens.find(getCookie(c, cookie('screen')));
  /** Sessions are of people at the desk: a paired screen is nobody's, whatever cookies it sends. */
  const sessionOf = (c: Parameters<typeof getCookie>[0], screen: Screen, touch: boolean) =>
    screen.kind === 'desk' ? sessions.find(getCookie(c, cookie('session')), { touch }) : null;
  const bearer = (header: string | undefined) =>
    header?.startsWith('Bearer ') === true && sameSecret(header.slice(7), needs.secret);

  app.get('/health', (c) => c.json({ product: 'bir-ret', version: needs.version }));

  app.post('/shell/code', (c) =>
    bearer(c.req.header('authorization'))
      ? c.json({ code: screens.newCode('desk') })
      : c.json({ code: 'NOT_FROM_A_KNOWN_SCREEN' }, 403),
  );
  app.post('/shell/closing', (c) => {
    if (!bearer(c.req.header('authorization'))) return c.json({ code: 'NOT_FROM_A_KNOWN_SCREEN' }, 403);
    needs.onShellClosing();
    return c.json({ done: true });
  });

  app.post('/enter', async (c) => {
    const form = await c.req.parseBody().catch(() => null);
    if (form === null) return c.json({ code: 'REQUEST_MALFORMED' }, 400);
    const entered = typeof form['code'] === 'string' ? screens.enter(form['code'].trim()) : null;
    if (entered === null) return c.json({ code: 'CODE_INVALID' }, 403);
    setCookie(c, cookie('screen'), entered.token, cookieOptions);
    // A page, not a redirect: a strict cookie does not travel along a redirect that another origin began.
    const next = FIRST_PAGE[entered.screen.kind];
    return c.html(
      `<!doctype html><meta charset="utf-8"><title>Bir Ret</title><meta http-equiv="refresh" content="0;url=${next}">`,
    );
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
        ? setCookie(c, cookie('session'), '', { ...cookieOptions, maxAge: 0 })
        : setCookie(c, cookie('session'), token, cookieOptions),
    );
    const { matched, response } = await rpc.handle(c.req.raw, { prefix: '/rpc', context: { call } });
    if (!matched) return c.json(refused('REQUEST_MALFORMED', 404), 404);
    return c.newResponse(response.body, response);
  });

  mediaRoutes(app, needs.media, (c) => {
    const screen = screenOf(c);
    return screen === null ? null : { screen, session: sessionOf(c, screen, false) };
  });

  app.get('*', staticFiles(needs.rendererFolder));
  return app;
}

/** A refusal outside the contract's own handler, in the shape that the contract's client reads. */
function refused(code: ErrorCode, status: number) {
  return { json: { defined: false, code, status, message: code, data: { params: {} } } };
}
