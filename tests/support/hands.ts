import type { Locator, Page } from 'playwright';

/** How a person uses a screen. */
export interface Hands {
  /** A button or a link. */
  press(target: Locator): Promise<void>;
  /** One answer of a group of radio buttons, by what stands on it and by its place among them, from 0. */
  choose(group: Locator, answer: string, place: number): Promise<void>;
  /** Brings the focus into a field. */
  into(field: Locator): Promise<void>;
}

/** The pointer. */
export const pointer: Hands = {
  press: (target) => target.click(),
  choose: (group, answer) => group.getByText(answer, { exact: true }).click(),
  into: (field) => field.click(),
};

/** More places than any screen has. */
const TABS = 250;

/** Tab, Enter, Space and the arrow keys, and nothing else: what they do not reach cannot be used. */
export function keyboardOf(page: Page): Hands {
  const into = async (target: Locator) => {
    await target.waitFor();
    for (let tabs = 0; tabs < TABS; tabs += 1) {
      if ((await target.and(page.locator(':focus, :focus-within')).count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${target}`);
  };
  return {
    into,
    press: async (target) => {
      await into(target);
      await page.keyboard.press('Enter');
    },
    choose: async (group, _answer, place) => {
      await into(group);
      if (place === 0) await page.keyboard.press('Space');
      for (let left = place; left > 0; left -= 1) await page.keyboard.press('ArrowRight');
    },
  };
}
