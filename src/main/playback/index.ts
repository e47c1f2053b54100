export { Hearings } from './hearings.ts';
export { type DamagedCopy, OpenExhibit } from './openExhibit.ts';
export { PlaybackService, type StoredExhibit, trackPlaylist } from './playbackService.ts';
