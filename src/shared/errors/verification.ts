/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-verification.json`. */
export const verificationErrors = ['BAG_UNREADABLE', 'BAG_ENCRYPTED', 'TRUST_ROOT_UNREADABLE'] as const;
