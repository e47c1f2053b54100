import { expect, it } from 'vitest';
import { isHeard } from '../../../src/renderer/ui/player/heard.ts';
import { Presented } from '../../../src/shared/contract/hearings.ts';

const places = ['mic1', 'mic2', 'interpreter'];

it('tells the interpreter from everyone else', () => {
  const heard = (hears: Presented['sound']) => places.filter((place) => isHeard(place, hears));
  expect(heard('all')).toEqual(places);
  expect(heard('without-interpreter')).toEqual(['mic1', 'mic2']);
  expect(heard('interpreter')).toEqual(['interpreter']);
});

it('is everyone for a screen that says nothing of it', () => {
  expect(Presented.parse({ exhibit: null, atMs: 0, playing: false, rate: 1, view: 'both' }).sound).toBe('all');
});
