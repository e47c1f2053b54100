export { Hearings } from './hearings.ts';
export { type DamagedCopy, OpenExhibit } from './openExhibit.ts';
export type { StoredExhibit } from './openVerified.ts';
export { PlaybackService, trackPlaylist } from './playbackService.ts';
export { Reviews } from './reviews.ts';
