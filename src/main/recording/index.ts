export { Crashes } from './crashes.ts';
export { ensureExhibitKey, newExhibitKey, openExhibitKey, storeKey } from './exhibitKey.ts';
export { type ExhibitRow, ExhibitRows } from './exhibitRows.ts';
export { interviewerView } from './interviewerView.ts';
export type { Actor, RecordFacts, RecordingNeeds, Signer } from './needs.ts';
export { OwnNotes } from './ownNotes.ts';
export { RecordingService } from './recordingService.ts';
export { certificateFiles } from './sealExhibit.ts';
