import { app, type Session, type WebContents } from 'electron';
import type { StationLink } from './link.ts';

/** Schemes a page of the station makes by itself; they reach nothing outside. */
const INNER = /^(blob|data|devtools|chrome-devtools):/;

/** Denies every page what a page of the station never needs, whichever window it is in. */
export function hardenPages(link: StationLink): void {
  app.on('web-contents-created', (_, contents) => hardenPage(contents, link));
}

function hardenPage(contents: WebContents, link: StationLink): void {
  const stayHome = (event: { readonly url: string; preventDefault(): void }) => {
    if (!link.owns(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-frame-navigate', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Denies every permission, every device and every request that does not go to the station. */
export function hardenSession(session: Session, link: StationLink): void {
  session.setPermissionRequestHandler((_, __, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !(link.owns(request.url) || INNER.test(request.url)) });
  });
  session.on('will-download', (event, item) => {
    // The dialog is the system's own: a download that names a place by itself would be one nobody chose.
    if (!item.getURLChain().every((url) => link.owns(url))) event.preventDefault();
    else item.setSaveDialogOptions({ defaultPath: item.getFilename() });
  });
}
