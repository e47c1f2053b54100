/** What stands in place of something that is not known: whoever reads aloud sees that a word is to be said there. */
const BLANK = '…';

/**
 * The words of a reading with its `{{…}}` filled in. One without a value stands as `…`: a sentence with a gap is noticed, one
 * without its half is not.
 */
export function filledWords(words: string, values: Readonly<Record<string, string | null>>): string {
  return words.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    return value === undefined || value === null || value === '' ? BLANK : value;
  });
}

/**
 * The words of a reading in the interview's language, or in the first language in which the profile has them: then
 * somebody has to put them into the child's.
 */
export function wordsIn<Language extends string>(
  words: Readonly<Partial<Record<Language, string | undefined>>>,
  wanted: Language,
  others: readonly Language[],
): { readonly language: Language; readonly text: string } | null {
  for (const language of [wanted, ...others]) {
    const text = words[language];
    if (text !== undefined) return { language, text };
  }
  return null;
}
