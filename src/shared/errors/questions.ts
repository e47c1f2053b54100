/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-questions.json`. */
export const questionErrors = [
  'QUESTIONS_OVER',
  'QUESTIONS_NOT_NOW',
  'QUESTION_UNKNOWN',
  'QUESTION_TOO_LONG',
  'QUESTION_TOO_FAST',
  'QUESTION_TOO_MANY',
  'QUESTION_CHANGED',
  'QUESTION_NOT_YOURS',
] as const;
