export { RecorderClient } from './client.ts';
export { type FfmpegChoice, pendingResult } from './folder.ts';
export { readJournal } from './journal.ts';
export { readRecordingFile } from './recordingFile.ts';
export { type SealCrashedOptions, sealCrashed } from './recovery/sealCrashed.ts';
export { type SecuredFile, secureCrashed } from './recovery/secure.ts';
export { JournalEntry, RecordingResult, ResultTrack, StoredFile } from './result.ts';
export { attachRecorder, type StartOptions, startRecorder } from './start.ts';
export { BeginInput, BeginResult, LiveSegments, RecorderEvent } from './wire/protocol.ts';
