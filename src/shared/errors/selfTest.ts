/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-self-test.json`. */
export const selfTestErrors = [
  'SELF_TEST_WHILE_READY',
  'SELF_TEST_WHILE_RECORDING',
  'SELF_TEST_RUNNING',
  'SELF_TEST_INTERRUPTED',
  'SELF_TEST_UNKNOWN',
  'SELF_TEST_OUTDATED',
  'BASELINE_UNSUITABLE',
] as const;
