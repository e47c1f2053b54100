import { en } from './en.ts';
import { kk } from './kk.ts';
import { ru } from './ru.ts';

const errors: Readonly<Record<'kk' | 'ru' | 'en', Readonly<Record<string, string>>>> = {
  kk: kk.errors,
  ru: ru.errors,
  en: en.errors,
};

/**
 * The sentence of a refusal in the reader's language: what happened, what is safe, what to do. A code without a sentence
 * gets that of INTERNAL; the code itself is shown beside it by who shows it. Parameters stand as `{{name}}`.
 */
export function sentenceOf(
  language: 'kk' | 'ru' | 'en',
  code: string,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const sentence = errors[language][code] ?? errors[language]['INTERNAL'] ?? code;
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? '…'));
}
