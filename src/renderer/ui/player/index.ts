export { breaksOf, type Chapter, chaptersOf, type Moment, momentsOf, nextAfter } from './chapters.ts';
export { expected, joined, type Reported, type Stretch } from './clock.ts';
export { Pictures } from './Pictures.tsx';
export type { PlayerState, StepPlayer } from './stepPlayer.ts';
export { Timeline } from './Timeline.tsx';
export type { Refused } from './trackMedia.ts';
export { usePhase } from './usePhase.ts';
export { usePlayer } from './usePlayer.ts';
export { usePlayerKeys } from './usePlayerKeys.ts';
