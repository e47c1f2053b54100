/**
 * What pairing codes are written in: digits and the capital letters that look the same in Latin and Cyrillic, so that a code
 * can be typed whatever keyboard layout is on. Without 0, 1 and B, which are taken for O, I and 8.
 */
export const typedAlphabet = '23456789ACEHKMPTXY';

const alike: Readonly<Record<string, string>> = {
  А: 'A',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  Ү: 'Y',
  Қ: 'K',
  Ң: 'H',
  З: '3',
};

/** A code as it was given out, from what a person typed: any case, either script, with or without its hyphen or spaces. */
export function plainCode(typed: string): string {
  return [...typed.normalize('NFC').toUpperCase()]
    .map((letter) => alike[letter] ?? letter)
    .filter((letter) => typedAlphabet.includes(letter))
    .join('');
}
