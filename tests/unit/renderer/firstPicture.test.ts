import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import { firstPicture } from '../../../src/renderer/preparation/firstPicture.ts';

const none = () => new ORPCError('PREPARATION_NO_PICTURE');

it('waits for a camera that has just begun, and says it where no picture comes', async () => {
  let asked = 0;
  const pauses: number[] = [];
  const pause = async () => void pauses.push(asked);
  const third = async () => {
    asked += 1;
    if (asked < 3) throw none();
    return 'picture';
  };
  expect(await firstPicture(third, pause)).toBe('picture');
  expect(pauses).toEqual([1, 2]);
  asked = 0;
  const never = async () => {
    asked += 1;
    throw none();
  };
  await expect(firstPicture(never, pause)).rejects.toMatchObject({ code: 'PREPARATION_NO_PICTURE' });
  expect(asked).toBe(20);
});

it('does not wait where something else is wrong', async () => {
  const closed = new ORPCError('PREPARATION_CLOSED');
  const never = () => Promise.reject(new Error('paused'));
  await expect(firstPicture(() => Promise.reject(closed), never)).rejects.toBe(closed);
});
