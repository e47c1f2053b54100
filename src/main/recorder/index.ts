export { RecorderClient } from './client.ts';
export { type FfmpegChoice, pendingResult } from './folder.ts';
export { JournalEntry, RecordingResult, ResultTrack, StoredFile } from './result.ts';
export { attachRecorder, type StartOptions, startRecorder } from './start.ts';
export { BeginInput, BeginResult, LiveSegments, RecorderEvent } from './wire/protocol.ts';
