import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import type { ScreenKind } from '../../shared/domain/roles.ts';
import { bodyLimits } from './attachmentRoutes.ts';
import { type GuardNeeds, guard, sameSecret } from './guard.ts';
import { refused, type ScreenRoutesNeeds, screenRoutes } from './screenRoutes.ts';
import { staticFiles } from './staticFiles.ts';

/** But for the few that bring a file, no request of the contract comes near this: bags and recordings are named by their path. */
const BODY_BYTES = 1024 * 1024;

/** Where a screen begins, by what it was let in as. */
export const FIRST_PAGE: Readonly<Record<ScreenKind, string>> = {
  desk: '/',
  courtroom: '/screen',
  observer: '/observe',
  interviewer: '/interviewer',
  child: '/child',
};

export interface HttpNeeds extends GuardNeeds, ScreenRoutesNeeds {
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  /** The secret of this start, as in run.json. */
  readonly secret: string;
  readonly version: string;
  /** The last window of the shell closed: the station may end itself if nothing else goes on. */
  readonly onShellClosing: () => void;
}

/** The station's one HTTP application: the same `fetch` serves loopback and tests. */
export function httpApplication(needs: HttpNeeds): Hono {
  const { screens } = needs;
  const app = new Hono();
  app.use(guard(needs));
  app.use(bodyLimits(BODY_BYTES, (c) => c.json(refused('REQUEST_MALFORMED', 413), 413)));
  app.onError((error, c) => {
    needs.log.error({ path: c.req.path, err: error }, 'failed');
    return c.json(refused('INTERNAL', 500), 500);
  });
  app.notFound((c) => c.json(refused('REQUEST_MALFORMED', 404), 404));

  const cookie = (kind: 'screen' | 'session') => `birret-${kind}-${needs.port()}`;
  const cookieOptions = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
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

  screenRoutes(app, needs, { door: 'local', cookie, secure: false, firstPage: FIRST_PAGE });
  app.get('*', staticFiles(needs.rendererFolder));
  return app;
}
