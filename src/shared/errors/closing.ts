/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-closing.json`. */
export const closingErrors = [
  'DRAFT_CHANGED',
  'PROTOCOL_REMARKS_OPEN',
  'PROTOCOL_NOT_COMPLETE',
  'TRANSCRIPT_NOT_PLACED',
  'TRANSCRIPT_EMPTY',
] as const;
