export { Crashes } from './crashes.ts';
export { newExhibitKey, openExhibitKey } from './exhibitKey.ts';
export { type ExhibitRow, ExhibitRows } from './exhibitRows.ts';
export type { Actor, RecordFacts, RecordingNeeds, Signer } from './needs.ts';
export { RecordingService } from './recordingService.ts';
export { certificateFiles } from './sealExhibit.ts';
