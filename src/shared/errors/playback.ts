/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-playback.json`. */
export const playbackErrors = [
  'HEARING_UNKNOWN',
  'HEARING_WRONG_STATE',
  'EXHIBIT_NOT_ADMITTED',
  'SEGMENT_DAMAGED',
  'SEGMENT_UNKNOWN',
] as const;
