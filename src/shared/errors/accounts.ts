/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-accounts.json`. */
export const accountErrors = [
  'SIGN_IN_FAILED',
  'ACCOUNT_LOCKED',
  'SESSION_MISSING',
  'SESSION_LOCKED',
  'ROLE_REFUSED',
  'TIE_REFUSED',
  'INVITATION_INVALID',
  'PASSWORD_TOO_WEAK',
  'NAME_TAKEN',
  'ACCESS_NOT_GRANTED',
  'STATION_KEYS_LOCKED',
  'CERTIFICATE_MISSING',
  'RECOVERY_KEY_WRONG',
  'ACCOUNT_UNKNOWN',
  'CODE_INVALID',
  'SUSPEND_SELF_REFUSED',
] as const;
