/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-vault.json`. */
export const vaultErrors = [
  'AGE_MALFORMED',
  'AGE_TRUNCATED',
  'AGE_WRONG_KEY',
  'AGE_DAMAGED',
  'KEY_UNREADABLE',
  'PATH_OUTSIDE_FOLDER',
  'VAULT_FILE_UNREADABLE',
  'TAIL_MALFORMED',
  'CRYPTO_SELF_TEST_FAILED',
] as const;
