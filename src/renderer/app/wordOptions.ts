import { words } from '../../shared/i18n/index.ts';

/** How i18next is to say the words of the screens: everything but the language, which the settings choose. */
export const wordOptions = {
  fallbackLng: 'en',
  defaultNS: 'common',
  ns: Object.keys(words.en),
  resources: words,
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
} as const;
