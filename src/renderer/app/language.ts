import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Words } from '../../shared/i18n/index.ts';
import { useSettings } from './settings.ts';
import { wordOptions } from './wordOptions.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Words;
    returnNull: false;
  }
}

/** The words of the screens, in the language of the settings, changing with them at once. */
export async function startLanguage(): Promise<i18n> {
  const instance = i18next.createInstance();
  const { language } = useSettings.getState();
  await instance.use(initReactI18next).init({ ...wordOptions, lng: language });
  const apply = (id: string) => {
    document.documentElement.lang = id;
  };
  apply(language);
  useSettings.subscribe((now, before) => {
    if (now.language === before.language) return;
    apply(now.language);
    void instance.changeLanguage(now.language);
  });
  return instance;
}
