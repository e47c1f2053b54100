import { type ChildWishId, SAME_PRESS_MS } from '../../shared/domain/childWishes.ts';

/** Whether a press at `nowMs` counts: not within three seconds of the last one of the same picture that did. Notes it in `pressed`. */
export function pressedOnce(pressed: Map<ChildWishId, number>, wish: ChildWishId, nowMs: number): boolean {
  const before = pressed.get(wish);
  if (before !== undefined && nowMs - before < SAME_PRESS_MS) return false;
  pressed.set(wish, nowMs);
  return true;
}
