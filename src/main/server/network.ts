import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { parse } from 'hono/utils/cookie';
import type { Fingerprint } from '../../shared/contract/pairing.ts';
import { FIRST_PAGE } from './http.ts';
import { networkGuard } from './networkGuard.ts';
import { refused, type ScreenRoutesNeeds, screenRoutes } from './screenRoutes.ts';
import { staticFiles } from './staticFiles.ts';

/** What a paired screen sends is a question or a photograph's description, never a recording. */
const BODY_BYTES = 64 * 1024;

export interface NetworkHttpNeeds extends ScreenRoutesNeeds {
  readonly port: () => number;
  readonly hosts: () => ReadonlySet<string>;
  readonly monotonicNs: () => bigint;
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  /** Of the door's certificate, for the pairing page. */
  readonly fingerprint: () => Fingerprint | null;
}

/**
 * What the court's network is served: paired screens, and the page that pairs one. No desk, no sign-in, no shell; of the contract
 * what the role table gives to the screen's kind, and nothing else.
 */
export function networkApplication(needs: NetworkHttpNeeds): Hono {
  const app = new Hono();
  // With this prefix a browser takes the cookie from this host alone, over TLS alone (RFC 6265bis §4.1.3.2).
  const cookie = (kind: 'screen' | 'session') => `__Host-birret-${kind}-${needs.port()}`;
  const screen = (cookies: string | undefined) =>
    cookies === undefined
      ? null
      : (needs.screens.find(parse(cookies, cookie('screen'))[cookie('screen')], 'network')?.id ?? null);
  app.use(networkGuard({ monotonicNs: needs.monotonicNs, hosts: needs.hosts, screen }));
  app.use(bodyLimit({ maxSize: BODY_BYTES, onError: (c) => c.json(refused('REQUEST_MALFORMED', 413), 413) }));
  app.onError((error, c) => {
    needs.log.error({ path: c.req.path, err: error }, 'failed');
    return c.json(refused('INTERNAL', 500), 500);
  });
  app.notFound((c) => c.json(refused('REQUEST_MALFORMED', 404), 404));
  app.get('/pair/station', (c) => c.json({ fingerprint: needs.fingerprint() }));
  screenRoutes(app, needs, { door: 'network', cookie, secure: true, firstPage: FIRST_PAGE });
  app.get('*', staticFiles(needs.rendererFolder));
  return app;
}
