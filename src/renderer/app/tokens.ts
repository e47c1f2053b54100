/** A colour by what it says, not by its hue. `…Soft` is the ground on which the colour of the same name is written. */
export interface Tokens {
  /** The page, and what lies on it. */
  readonly paper: string;
  readonly card: string;
  /** Hairlines of cards, and the edges of fields, which must be seen by everyone (3:1). */
  readonly line: string;
  readonly edge: string;
  readonly ink: string;
  readonly soft: string;
  readonly quiet: string;
  /** The one colour that acts. */
  readonly act: string;
  readonly actSoft: string;
  readonly filled: string;
  readonly onFilled: string;
  /** Asks for attention. */
  readonly warn: string;
  readonly warnSoft: string;
  /** Verified, or safe. */
  readonly good: string;
  readonly goodSoft: string;
  /** Something is lost: for the operator's eyes only. */
  readonly lost: string;
  readonly lostSoft: string;
  /** Behind a picture. */
  readonly night: string;
}

export const light: Tokens = {
  paper: '#f7f4ef',
  card: '#fffdfa',
  line: '#e4ddd2',
  edge: '#8d877c',
  ink: '#22303a',
  soft: '#5a6770',
  quiet: '#ece7de',
  act: '#1d5c63',
  actSoft: '#e3efee',
  filled: '#1d5c63',
  onFilled: '#ffffff',
  warn: '#84490f',
  warnSoft: '#fbefe0',
  good: '#256a4c',
  goodSoft: '#e4f2ea',
  lost: '#9c362c',
  lostSoft: '#f8e6e3',
  night: '#12191e',
};

export const dark: Tokens = {
  paper: '#182127',
  card: '#1f2a31',
  line: '#33424a',
  edge: '#75868e',
  ink: '#eef1ef',
  soft: '#a9b6bb',
  quiet: '#2a3840',
  act: '#8ccbcd',
  actSoft: '#233a40',
  filled: '#2f767c',
  onFilled: '#ffffff',
  warn: '#ecbd8a',
  warnSoft: '#3d3023',
  good: '#9fdcbc',
  goodSoft: '#1f4437',
  lost: '#f2aca3',
  lostSoft: '#472822',
  night: '#0d1317',
};

/** Pairs that people read: text colour on ground, each at least 4.5:1 in both themes (WCAG 2.2, 1.4.3). */
export const readPairs: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ['ink', 'paper'],
  ['ink', 'card'],
  ['soft', 'paper'],
  ['soft', 'card'],
  ['soft', 'quiet'],
  ['ink', 'quiet'],
  ['act', 'paper'],
  ['act', 'card'],
  ['act', 'actSoft'],
  ['onFilled', 'filled'],
  ['warn', 'warnSoft'],
  ['warn', 'card'],
  ['good', 'goodSoft'],
  ['good', 'card'],
  ['lost', 'lostSoft'],
  ['lost', 'card'],
];

/** Pairs that people must see without reading: edges of fields, the focus ring; 3:1 (WCAG 2.2, 1.4.11). */
export const seenPairs: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ['edge', 'card'],
  ['edge', 'paper'],
  ['act', 'paper'],
  ['act', 'card'],
];

/** `actSoft` → `--br-act-soft`. */
export function variableOf(token: string): string {
  return `--br-${token.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** All tokens of a theme as CSS variables. */
export function variablesOf(tokens: Tokens): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens).map(([name, colour]) => [variableOf(name), String(colour)]));
}
