import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** With `BIRRET_SCREENS=1` screens are drawn to docs/screens, for the documentation and for people's eyes. */
export const draws = process.env['BIRRET_SCREENS'] === '1';
/** Where other sizes and themes go, which only the eye of the moment needs; null where they are not wanted. */
const aside = process.env['BIRRET_SCREENS_ASIDE'] ?? null;

export const languages = ['kk', 'ru', 'en'] as const;
export type Language = (typeof languages)[number];
export type Theme = 'light' | 'dark';

/** Loads the page anew in this language and theme. */
export async function settingsOf(page: Page, language: Language, theme: Theme = 'light'): Promise<void> {
  const kept = JSON.stringify({ language, theme, shortcuts: true });
  await page.evaluate((text) => localStorage.setItem('birret.settings', text), kept);
  await page.reload();
}

/** The page as `docs/screens/<language>/<name>.png`. */
export async function shoot(page: Page, language: Language, name: string, whole = false): Promise<void> {
  const path = join(root, 'docs/screens', language, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: whole });
}

export interface Drawing {
  readonly in?: readonly Language[];
  /** All of the page, also what lies below the window. */
  readonly whole?: boolean;
  /** Brings the page, loaded anew, to what is to be seen. */
  readonly come: (page: Page) => Promise<void>;
}

/** Draws the page in each language, English last, so that it stands in English again. Where nothing is drawn: nothing. */
export async function draw(
  page: Page,
  name: string,
  { in: chosen = languages, whole = false, come }: Drawing,
): Promise<void> {
  if (!draws) return;
  for (const language of chosen) {
    await settingsOf(page, language);
    await come(page);
    await page.waitForTimeout(1500);
    await shoot(page, language, name, whole);
  }
  if (aside !== null) await shootAside(page, name);
  if (chosen.at(-1) !== 'en') await settingsOf(page, 'en');
}

/** The same page large. */
async function shootAside(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(aside ?? '', `${name}-large.png`) });
  if (size !== null) await page.setViewportSize(size);
}

/** What is wrong with the page for people who cannot see or use a mouse (WCAG 2.2 A and AA), by rule. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
