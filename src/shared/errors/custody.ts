/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-custody.json`. */
export const custodyErrors = [
  'LOG_DAMAGED',
  'LOG_EVENT_INVALID',
  'LOG_KEY_MALFORMED',
  'CHECKPOINT_MALFORMED',
  'CHECKPOINT_WRONG_KEY',
  'PROOF_INVALID',
  'PROOF_MALFORMED',
  'JSON_NOT_CANONICAL',
] as const;
