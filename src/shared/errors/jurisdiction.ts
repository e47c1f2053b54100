/** Mistakes of a jurisdiction profile: each names file, line, column and rule. */
const jurisdictionFaults = [
  'JURISDICTION_NOT_JSON',
  'JURISDICTION_OTHER_FORMAT',
  'JURISDICTION_FIELD_MISSING',
  'JURISDICTION_FIELD_UNKNOWN',
  'JURISDICTION_VALUE_WRONG',
  'JURISDICTION_TWICE',
  'JURISDICTION_AGES_GAP',
  'JURISDICTION_AGE_UNKNOWN',
  'JURISDICTION_NOTE_MISSING',
  'JURISDICTION_WORDS_MISSING',
  'JURISDICTION_PLACEHOLDER_UNKNOWN',
  'JURISDICTION_PATTERN_UNREADABLE',
  'JURISDICTION_EXAMPLE_UNFIT',
] as const;
export type JurisdictionFaultCode = (typeof jurisdictionFaults)[number];

/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-jurisdiction.json`. */
export const jurisdictionErrors = [
  ...jurisdictionFaults,
  'JURISDICTION_FILE_UNREADABLE',
  'JURISDICTION_FILE_CHANGED',
  'JURISDICTION_CHOICE_UNKNOWN',
  'JURISDICTION_VERSION_TAKEN',
  'CASE_NUMBER_UNFIT',
  'INTERVIEW_KIND_NOT_HELD',
  'PHASE_UNKNOWN',
] as const;
