import type { Page } from 'playwright';
import { z } from 'zod';

const Counted = z.object({ clicks: z.number(), fields: z.number() });
export type Counted = z.infer<typeof Counted>;

/** Counts within the page, from now on, what a person does there: presses of the pointer, and fields that were typed into. */
export async function countIn(page: Page): Promise<() => Promise<Counted>> {
  await page.evaluate(() => {
    const counted = { clicks: 0, fields: 0 };
    const typed = new WeakSet<EventTarget>();
    // A press on a label is one press, and two clicks: of the label, and of the field that it is of.
    const press = (event: Event) => {
      if (event.isTrusted) counted.clicks += 1;
    };
    const type = (event: Event) => {
      const { target } = event;
      const isText =
        target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
      if (!event.isTrusted || !isText || typed.has(target)) return;
      typed.add(target);
      counted.fields += 1;
    };
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('input', type, true);
    Reflect.set(window, 'counted', counted);
  });
  return async () => Counted.parse(await page.evaluate(() => Reflect.get(window, 'counted')));
}
