import type { Page } from 'playwright';
import { z } from 'zod';

const Counted = z.object({ clicks: z.number(), fields: z.number() });
export type Counted = z.infer<typeof Counted>;

/**
 * Runs in the page. A press on a label is one press, and two clicks: of the label, and of the field that it is of; so presses
 * are counted.
 */
const counting = `(() => {
  const counted = { clicks: 0, fields: 0 };
  const typed = new WeakSet();
  document.addEventListener('pointerdown', (event) => { if (event.isTrusted) counted.clicks += 1; }, true);
  document.addEventListener('input', ({ isTrusted, target }) => {
    if (!isTrusted || !target.matches('textarea, input[type=text], input:not([type])') || typed.has(target)) return;
    typed.add(target);
    counted.fields += 1;
  }, true);
  window.counted = counted;
})()`;

/** Counts within the page, from now on, what a person does there: presses of the pointer, and fields that were typed into. */
export async function countIn(page: Page): Promise<() => Promise<Counted>> {
  await page.evaluate(counting);
  return async () => Counted.parse(await page.evaluate('window.counted'));
}
