/** What a child can say by pressing a picture, in the order of the pictures. */
export const childWishes = ['break', 'not-understood', 'draw', 'rather-not'] as const;
export type ChildWishId = (typeof childWishes)[number];

/** Everything that the child's tablet says aloud: the wishes, and what it answers before, after, and when it has to wait. */
export const spokenWords = [...childWishes, 'wait', 'hello', 'goodbye'] as const;
export type Spoken = (typeof spokenWords)[number];

/** A picture that is pressed again within this time was meant once. */
export const SAME_PRESS_MS = 3_000;
/** No more of a tablet's presses a minute go on record: hands that drum on it have been heard. */
export const PRESSES_A_MINUTE = 30;
/** So long a wish stands on the screens of those who conduct and observe. */
const FRESH_MS = 3 * 60_000;

/** The wish that a timeline entry names, or null. */
export function wishOf(entry: Readonly<Record<string, unknown>>): ChildWishId | null {
  return childWishes.find((one) => one === entry['wish']) ?? null;
}

/** The newest wish of a timeline and its moment, or null. */
export function wishIn(
  timeline: readonly (Readonly<Record<string, unknown>> & { readonly at_ms: number })[],
): { wish: ChildWishId; atMs: number } | null {
  const newest = timeline.findLast((entry) => wishOf(entry) !== null);
  const wish = newest === undefined ? null : wishOf(newest);
  return newest === undefined || wish === null ? null : { wish, atMs: newest.at_ms };
}

/** A wish of the last three minutes; null for an older one, and for none. */
export function freshWish(
  wish: { readonly wish: string; readonly atMs: number } | null,
  nowMs: number,
): ChildWishId | null {
  return wish === null || nowMs - wish.atMs >= FRESH_MS ? null : wishOf(wish);
}
