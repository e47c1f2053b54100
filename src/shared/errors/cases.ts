/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-cases.json`. */
export const caseErrors = [
  'CASE_UNKNOWN',
  'CHILD_UNKNOWN',
  'INTERVIEW_UNKNOWN',
  'INTERVIEW_WRONG_STATE',
  'INTERVIEW_NOT_CUT_OFF',
  'FURTHER_INTERVIEW_NEEDS_REASON',
  'ROOM_BUSY',
  'CASE_NUMBER_TAKEN',
  'PLANNED_TIME_INVALID',
  'IDENTITY_INVALID',
] as const;
