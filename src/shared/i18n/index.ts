import { en } from './en.ts';
import { kk } from './kk.ts';
import { ru } from './ru.ts';

/** Every word of every language, by namespace. English is the measure: its keys are the keys. */
export const words = { kk, ru, en } as const;

export type Words = typeof en;
export type Namespace = keyof Words;

/** Languages in the order in which they are offered, each named in itself. */
export const languages = [
  { id: 'kk', short: 'қаз', name: 'Қазақша' },
  { id: 'ru', short: 'рус', name: 'Русский' },
  { id: 'en', short: 'eng', name: 'English' },
] as const;

export type LanguageId = (typeof languages)[number]['id'];

export { sentenceOf } from './sentence.ts';
