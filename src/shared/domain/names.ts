/**
 * Names as people type them: in Kazakh or Russian letters or in Latin ones, with endings, with or without the signs over
 * them. Everything here is a likeness and never a proof: it warns, or asks a person who decides.
 */

/** Below this many letters a beginning says nothing: `Ан` begins half of all names. */
const LEAST_STEM = 4;
/** As much text as anybody types in one field; what stands behind is not looked at. */
const MOST_TEXT = 20_000;

/** Cyrillic letters, Russian and Kazakh, by the Latin ones that passports write for them, brought down to one spelling. */
const latin: Readonly<Record<string, string>> = {
  ...{ а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', ж: 'j', з: 'z', и: 'i', й: 'i' },
  ...{ і: 'i', к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't' },
  ...{ у: 'u', ұ: 'u', ү: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'i', ь: '' },
  ...{ э: 'e', ю: 'iu', я: 'ia', ı: 'i', ş: 'sh', ș: 'sh', ç: 'ch', ß: 's', ø: 'o', ł: 'l' },
};

/** Latin spellings of one sound, and sounds that are written in one word as one and in another as the other. */
const evenings: readonly (readonly [RegExp, string])[] = [
  [/s(h)?ch/g, 'sh'],
  [/d?zh|dj/g, 'j'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/ph/g, 'f'],
  [/ng/g, 'n'],
  [/x/g, 'ks'],
  [/q|c(?!h)/g, 'k'],
  [/w/g, 'v'],
  [/y/g, 'i'],
  [/([aeiou])\1+/g, '$1'],
];

/** A word brought down to letters that do not depend on alphabet, case, diacritics or ё and е; `''` where none is left. */
export function foldWord(word: string): string {
  const letters = [...word.normalize('NFC').toLowerCase()].map((sign) => latin[sign] ?? bare(sign)).join('');
  return evenings.reduce((text, [from, to]) => text.replaceAll(from, to), letters.replaceAll(/[^a-z]/g, ''));
}

function bare(sign: string): string {
  return sign
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/./gu, (one) => latin[one] ?? one);
}

/** The words of a text. A hyphen parts them, an apostrophe does not. */
function wordsIn(text: string): string[] {
  const words =
    text
      .slice(0, MOST_TEXT)
      .normalize('NFC')
      .match(/[\p{L}\p{M}'’ʼ`´]+/gu) ?? [];
  return [...new Set(words.map(foldWord).filter((word) => word !== ''))];
}

/**
 * The keys of names: what a word of a text is compared with. A name of four letters or more is met by every word that
 * begins as it does, its last vowel aside, for Russian changes that (Айша, Айши, Айшу) and Kazakh adds to it (Айшаның); a
 * shorter one by itself alone.
 */
export function nameKeys(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => wordsIn(name).map(keyOf)))];
}

function keyOf(name: string): string {
  const stem = name.replace(/[aeiou]$/, '');
  if (stem.length >= LEAST_STEM) return `${stem}*`;
  return name.length >= LEAST_STEM ? `${name}*` : name;
}

/** Every key that would be met by a word of the text; what stands for names may then be compared under a secret key. */
export function keysMetBy(text: string): string[] {
  const met = wordsIn(text).flatMap((word) => {
    const stems = Array.from({ length: Math.max(0, word.length - LEAST_STEM + 1) }, (_, i) =>
      word.slice(0, i + LEAST_STEM),
    );
    return [word, ...stems.map((stem) => `${stem}*`), ...shortForms(word)];
  });
  return [...new Set(met)];
}

/** `Анны`, `Анной` for `Анна`: a name of four letters has no stem of four without its vowel, so all that differ in it are met. */
function shortForms(word: string): string[] {
  const stem = word.slice(0, LEAST_STEM - 1);
  return /^[aeiou]{1,3}$/.test(word.slice(stem.length)) ? [...'aeiou'].map((vowel) => `${stem}${vowel}*`) : [];
}

/**
 * Whether a text seems to hold one of these names, whatever the case, alphabet, diacritics and endings.
 *
 * @param names whole names or their parts, as typed
 */
export function mentionsName(text: string, names: readonly string[]): boolean {
  const keys = new Set(nameKeys(names));
  return keysMetBy(text).some((key) => keys.has(key));
}

/**
 * A person's name in one spelling, its words in one order: by this two records are perhaps of the same person.
 *
 * @param parts surname, given name; what is empty counts for nothing
 */
export function likeness(parts: readonly string[]): string {
  return parts.flatMap(wordsIn).toSorted().join(' ');
}
