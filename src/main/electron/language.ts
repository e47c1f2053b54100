import { app } from 'electron';

/** The language of the system's own dialogs: the system's, where it is one of ours, else English. */
export function language(): 'kk' | 'ru' | 'en' {
  const locale = app.getLocale();
  if (locale.startsWith('kk')) return 'kk';
  return locale.startsWith('ru') ? 'ru' : 'en';
}
