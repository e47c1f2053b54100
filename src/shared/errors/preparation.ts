/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-preparation.json`. */
export const preparationErrors = [
  'PREPARATION_CLOSED',
  'PREPARATION_WORDS_MISSING',
  'PREPARATION_ITEM_UNKNOWN',
  'PREPARATION_READER_UNFIT',
  'PREPARATION_NO_PICTURE',
  'PREPARATION_STILL_GONE',
] as const;
