import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { z } from 'zod';
import { languages, words } from '../../src/shared/i18n/index.ts';
import type { Language, Theme } from './drawing.ts';

const { source } = z
  .object({ source: z.string() })
  .parse(createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core'));

/** Keys and texts of the language files, flat. */
function flat(node: unknown, at = ''): [string, string][] {
  if (typeof node === 'string') return [[at, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]) => flat(inner, at === '' ? key : `${at}.${key}`));
}
const english = flat(words.en);
const keys = english.flatMap(([key]) => [key, key.replace('.', ':'), key.slice(key.indexOf('.') + 1)]);

/** Texts that are no words of this language: keys, and English sentences where the page is not in English. */
const foreign = Object.fromEntries(
  languages.map(({ id: language }) => {
    const own = new Set(flat(words[language]).map(([, text]) => text));
    const strange = [...keys, ...english.map(([, text]) => text).filter((text) => /[A-Za-z]{2}/.test(text))];
    // A language is offered by its own name.
    return [language, strange.filter((text) => !own.has(text) && !languages.some(({ name }) => name === text))];
  }),
);

/**
 * What runs within the page: plain JavaScript, given once a page, for it knows a document and this file does not. An element
 * is named by its tag, its class and the beginning of its text.
 */
const WITHIN = `(() => {
  const all = (root = document.body) => [...root.querySelectorAll('*')];
  const name = (one) => one.tagName.toLowerCase() + '.' + [...one.classList].filter((c) => !c.startsWith('m_')).join('.')
    + ' “' + (one.textContent || one.getAttribute('aria-label') || '').trim().replace(/\\s+/g, ' ').slice(0, 50) + '”';
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('.br-unseen, svg, [data-hidden]');
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [document.title];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (!node.parentElement.closest('[lang]:not(html), .br-read, .br-log-code, code, kbd')) found.push(node.data);
    for (const one of all()) for (const at of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'])
      if (one.hasAttribute(at) && !one.hasAttribute('lang')) found.push(one.getAttribute(at));
    return found.map((text) => text.trim()).filter(Boolean);
  };
  // Words that lie over the edge. What is drawn for the eye alone, as the name across a picture, may do so.
  const spills = (one) => {
    const box = one.getBoundingClientRect();
    const range = document.createRange();
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest('[aria-hidden=true], .br-unseen')) continue;
      range.selectNodeContents(node);
      const words = range.getBoundingClientRect();
      if (words.right > box.right + 1 || words.bottom > box.bottom + 1 || words.left < box.left - 1 || words.top < box.top - 1) return true;
    }
    return false;
  };
  window.pageChecks = {
    // The page is left: what stands there now is marked, and is waited for to go, unless the next page is the same part.
    leave: () => document.querySelector('main')?.firstElementChild?.setAttribute('data-left', ''),
    settled: async () => {
      let before = '';
      for (let round = 0; round < 500; round += 1) {
        const waits = document.querySelector('.br-loading') !== null || (round < 20 && document.querySelector('[data-left]') !== null);
        const now = waits ? '' : location.pathname + all().length + document.body.innerText.replace(/\\d/g, '').length;
        if (now !== '' && (now === before || round > 100)) return true;
        before = now;
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
      return false;
    },
    axe: async (options) => (await axe.run(document, options)).violations
      .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html.slice(0, 160) + ' ' + (any[0]?.message ?? '').slice(0, 150))),
    foreign: (strange) => {
      const set = new Set(strange);
      return [...new Set(texts().filter((text) => set.has(text) || text.includes('{{')))];
    },
    clipped: () => {
      const found = [];
      const page = document.documentElement;
      if (page.scrollWidth > innerWidth) found.push('the page is ' + page.scrollWidth + ' wide, the window ' + innerWidth);
      const clips = (value) => value === 'hidden' || value === 'clip';
      for (const one of all()) {
        if (!one.textContent.trim() || /^(SCRIPT|STYLE|TEXTAREA|INPUT|SELECT|OPTION)$/.test(one.tagName) || !shown(one)) continue;
        const style = getComputedStyle(one);
        const wide = one.scrollWidth > one.clientWidth + 1;
        const tall = one.scrollHeight > one.clientHeight + 1;
        const box = one.getBoundingClientRect();
        if (style.display === 'inline' || style.display === 'contents' || box.width < 2 || box.height < 2) continue;
        if (one.closest('[title]') && (style.textOverflow === 'ellipsis' || one.closest('[title]').title.length >= one.textContent.trim().length)) continue;
        const cut = ((wide && clips(style.overflowX)) || (tall && clips(style.overflowY))) && spills(one);
        const burst = one.matches('button, a, td, th, li, [role=tab], .br-chip') && wide && style.overflowX === 'visible';
        if (cut || burst) found.push((cut ? 'cut: ' : 'burst: ') + name(one) + ' ' + one.clientWidth + '×' + one.clientHeight + ' of ' + one.scrollWidth + '×' + one.scrollHeight);
      }
      for (const one of document.querySelectorAll('input[readonly], input[aria-haspopup], input:disabled'))
        if (shown(one) && one.scrollWidth > one.clientWidth + 1) found.push('cut: the field “' + one.value + '” ' + one.clientWidth + ' of ' + one.scrollWidth);
      return found;
    },
    small: (least) => all().filter((one) => one.matches('button, a[href], input, select, textarea, summary, [role=tab], [role=radio], [role=switch]') && shown(one))
      .map((one) => ({ one, box: (one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label') ?? document.querySelector('label[for="' + one.id + '"]') ?? one : one).getBoundingClientRect() }))
      .filter(({ one, box }) => box.width > 0 && !(one.matches('.br-skip') && box.left < 0) && (box.width < least - 0.5 || box.height < least - 0.5))
      .map(({ one, box }) => 'small: ' + name(one) + ' ' + Math.round(box.width) + '×' + Math.round(box.height)),
  };
})()`;

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const only = { resultTypes: ['violations'], iframes: false };
const STRUCTURE = { ...only, runOnly: { type: 'tag', values: tags } };
const CONTRAST = { ...only, runOnly: { type: 'rule', values: ['color-contrast'] } };

/** The language in which the dark theme is looked at, too: colours have none of their own. */
const DARK: Language = 'ru';

/** Makes the page able to be asked; after each loading anew. */
async function ready(page: Page): Promise<void> {
  if (await page.evaluate<boolean>('"pageChecks" in window')) return;
  await page.evaluate(source);
  await page.evaluate(WITHIN);
}

const ask = (page: Page, call: string) => page.evaluate<string[]>(`window.pageChecks.${call}`);

/** Waits until the page has come to rest: nothing loads, and nothing is added any more. */
async function settled(page: Page): Promise<void> {
  await ready(page);
  if (!(await page.evaluate<boolean>('window.pageChecks.settled()')))
    throw new Error(`${page.url()} does not come to rest`);
}

/** Goes to another address of the same screens as a link does, without loading anew. */
export async function follow(page: Page, path: string): Promise<void> {
  await ready(page);
  await page.evaluate(`window.pageChecks.leave(); history.pushState(null, '', ${JSON.stringify(path)})`);
  await settled(page);
}

/** Puts the page in another theme, in place: colours are variables of the document alone. */
async function inTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${theme}')`);
  // A colour on its way into another is neither.
  await page.evaluate(`(async () => {
    for (let still = 0, round = 0; still < 2 && round < 200; round += 1) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      still = document.getAnimations().some((one) => one instanceof CSSTransition) ? 0 : still + 1;
    }
  })()`);
}

/** What is cut off or, where fingers are the pointer, too small at the page's present size. */
export async function cramped(page: Page, fingers: boolean): Promise<string[]> {
  await settled(page);
  return [...(await ask(page, 'clipped()')), ...(fingers ? await ask(page, 'small(44)') : [])];
}

/**
 * What stands between people and this page as it is now; empty where nothing does. What is folded is opened first. `fingers`: what is touched is at least 44 px wide and high.
 */
export async function pageBarriers(page: Page, language: Language, fingers: boolean): Promise<string[]> {
  await settled(page);
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  const found = [
    ...(await ask(page, `axe(${JSON.stringify(STRUCTURE)})`)),
    ...(await ask(page, `foreign(${JSON.stringify(foreign[language])})`)).map(
      (text) => `not in this language: ${text}`,
    ),
    ...(await cramped(page, fingers)),
  ];
  if (language === DARK) {
    await inTheme(page, 'dark');
    found.push(...(await ask(page, `axe(${JSON.stringify(CONTRAST)})`)).map((text) => `dark ${text}`));
    await inTheme(page, 'light');
  }
  return found;
}
