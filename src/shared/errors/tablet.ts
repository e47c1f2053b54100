/** Refusals of the child's tablet and its voices; a sentence for each in `i18n/<lang>/errors-tablet.json`. */
export const tabletErrors = ['VOICE_NOT_SOUND', 'VOICE_TOO_LONG', 'VOICE_MISSING'] as const;
