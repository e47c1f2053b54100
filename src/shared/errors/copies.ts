/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-copies.json`. */
export const copyErrors = [
  'COPY_UNKNOWN',
  'COPY_IN_PROGRESS',
  'COPY_EMPTY',
  'COPY_FAILED',
  'COPY_DAMAGED',
  'COPY_NOT_OPEN',
] as const;
