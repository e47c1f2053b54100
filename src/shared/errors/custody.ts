/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-custody.json`. */
export const custodyErrors = [
  'LOG_DAMAGED',
  'LOG_EVENT_INVALID',
  'CHECKPOINT_MALFORMED',
  'CHECKPOINT_WRONG_KEY',
  'PROOF_INVALID',
] as const;
