/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-recorder.json`. */
export const recorderErrors = [
  'RECORDER_NOT_RUNNING',
  'RECORDER_START_FAILED',
  'RECORDER_ATTACH_REFUSED',
  'RECORDER_LOST',
  'RECORDER_IN_USE',
  'RECORDER_WRONG_PHASE',
  'SOURCE_FAILED',
  'SOURCE_STREAM_DAMAGED',
  'NO_ROOM_ON_DISK',
  'TARGET_UNUSABLE',
  'SINGLE_TARGET_NOT_CONFIRMED',
  'STOP_NOT_CONFIRMED',
  'RECORDING_NOTHING_KEPT',
  'RECOVERY_MISMATCH',
] as const;
