import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { type Role, ScreenKind } from '../../src/shared/domain/roles.ts';
import { type Language, languages, settingsOf } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { cramped, follow, pageBarriers } from '../support/pageChecks.ts';
import { type Populated, recordSome, sealAndShow } from '../support/populated.ts';
import { routeTable } from '../support/routeTable.ts';

/** Where each route is walked. A new one fails the test until it has its places here. */
const places: Readonly<Record<string, (world: Populated & { readonly room: string }) => readonly string[]>> = {
  '/': () => ['/'],
  '/index.html': () => [],
  '/cases': () => ['/cases'],
  '/cases/:caseId': ({ interview }) => [`/cases/${interview.caseId}`],
  '/cases/:caseId/plan': ({ interview }) => [`/cases/${interview.caseId}/plan`],
  '/cases/:caseId/plan/:id': ({ planned }) => [`/cases/${planned.caseId}/plan/${planned.id}`],
  '/calendar': () => ['/calendar'],
  '/interview/:id': ({ interview, planned }) => [`/interview/${interview.id}`, `/interview/${planned.id}`],
  '/interview/:id/preparation': ({ planned }) => [`/interview/${planned.id}/preparation`],
  '/exhibit/:number': ({ interview }) => [`/exhibit/${interview.exhibit}`],
  '/exhibit/:number/protocol': ({ interview }) => [`/exhibit/${interview.exhibit}/protocol`],
  '/exhibit/:number/transcript': ({ interview }) => [`/exhibit/${interview.exhibit}/transcript`],
  '/archive': () => ['/archive'],
  '/hearings': () => ['/hearings'],
  '/hearing/:id': ({ hearing }) => [`/hearing/${hearing}`],
  '/verify': () => ['/verify'],
  '/access': () => ['/access'],
  '/people': () => ['/people'],
  '/rooms': () => ['/rooms'],
  '/rooms/:id': ({ room }) => [`/rooms/${room}`, '/rooms/new'],
  '/rooms/:id/check': ({ room }) => [`/rooms/${room}/check`],
  '/disks': () => ['/disks'],
  '/rules': () => ['/rules'],
  '/network': () => ['/network'],
  '/time': () => ['/time'],
  '/account': () => ['/account'],
  '/log': () => ['/log'],
  '/witnesses': () => ['/witnesses'],
};
const roles: readonly Role[] = ['investigator', 'operator', 'clerk', 'judge', 'auditor', 'administrator'];

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

/** What was found, by language and place. */
const found: Record<string, string[]> = {};
function note(language: Language, place: string, wrong: readonly string[]): void {
  if (wrong.length > 0) found[`${language} ${place}`] = [...wrong];
}

async function speak(page: Page, language: Language): Promise<void> {
  await follow(page, '/');
  await page.locator(`.br-languages button[lang=${language}]`).click();
}

/** What comes behind every button of this page whose words end in “…”: a dialog, or a form in the page. Each once by its name. */
async function behind(page: Page, place: string, language: Language, route: string): Promise<void> {
  const buttons = page.locator('main button:enabled', { hasText: /…$/ });
  for (const name of new Set(await buttons.allInnerTexts())) {
    await buttons.filter({ hasText: name }).first().click();
    note(language, `${route} “${name}”`, await pageBarriers(page, language, false));
    if ((await page.getByRole('dialog').count()) > 0) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').first().waitFor({ state: 'detached' });
    } else {
      await follow(page, '/');
      await follow(page, place);
    }
  }
}

/** As a tablet lies and as it stands. */
const tablets = [
  { width: 1024, height: 768 },
  { width: 800, height: 1280 },
] as const;

it('every route has its places', () => {
  const table = routeTable();
  expect(table.map(({ path }) => path).toSorted()).toEqual(Object.keys(places).toSorted());
  expect(new Set(table.flatMap((row) => row.roles)).size).toBe(roles.length);
});

it('nobody is kept out of a screen, in three languages, in the light and in the dark', { timeout: 900_000 }, async ({
  skip,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { running, room, interview } = screens;
  await recordSome(screens);

  // While it is recorded: the desk, and every paired screen at the size of a window and of tablets.
  const desk = await screens.seat('investigator', '/');
  for (const language of languages) {
    await speak(desk, language);
    await follow(desk, `/interview/${interview.id}`);
    await desk.locator('.br-room-foot').waitFor();
    note(language, 'recording', await pageBarriers(desk, language, false));
  }
  await desk.close();
  const code = (kind: ScreenKind, of: string) => running.station.http.screens.newCode(kind, of);
  for (const kind of ScreenKind.exclude(['desk', 'courtroom']).options) {
    const page = await screens.paired(code(kind, interview.id));
    // Decoding pictures is not what is asked here.
    await page.route('**/media/**', (route) => route.abort());
    for (const language of languages) {
      await settingsOf(page, language);
      note(language, kind, await pageBarriers(page, language, true));
      for (const size of tablets) {
        await page.setViewportSize(size);
        note(language, `${kind} ${size.width}`, await cramped(page, true));
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    await page.close();
  }

  const world = { ...(await sealAndShow(screens)), room };
  const courtroom = await screens.paired(code('courtroom', world.hearing));
  for (const language of languages) {
    await settingsOf(courtroom, language);
    note(language, 'courtroom', await pageBarriers(courtroom, language, false));
  }
  await courtroom.close();

  const visited = new Set<string>();
  for (const role of roles) {
    const page = await screens.seat(role, '/');
    const rows = routeTable().filter((row) => row.roles.includes(role));
    for (const language of languages) {
      await speak(page, language);
      for (const { path } of rows) {
        // Who is not the first there sees the same screen: once, in Russian, whose words are the longest.
        if (visited.has(path) && language !== 'ru') continue;
        for (const place of places[path]?.(world) ?? []) {
          await follow(page, place);
          note(language, `${role} ${path}`, await pageBarriers(page, language, false));
          if (language === 'ru' && !visited.has(path)) await behind(page, place, language, `${role} ${path}`);
        }
      }
    }
    for (const { path } of rows) if (path !== '/') visited.add(path);
    await page.close();
  }
  expect(found).toEqual({});
  expect(screens.wrong).toEqual([]);
});
