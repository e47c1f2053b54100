import type { Page } from 'playwright';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { OpenScreens } from './liveScreen.ts';

/** The names of the walk through a whole interview: none of them stands anywhere else, so that a search for one means something. */
export const walkNames = {
  child: { surname: 'Құралқайова', givenName: 'Жібекмаржан', called: 'Numbat Kiddo', iin: '170314699128' },
  people: {
    teacher: 'Gulnar Vicunova',
    'investigating-judge': 'Oryx Judgenbaev',
    'legal-representative': 'Tapir Mothersky',
    prosecutor: 'Quagga Prosecutorenko',
    defence: 'Dugong Defensov',
  },
} as const;
export type WalkCapacity = keyof typeof walkNames.people;

/** Every name of the walk, the officer's own among them, as a search takes it. */
export const everyWalkName: readonly string[] = [
  ...Object.values(walkNames.child),
  ...Object.values(walkNames.people).flatMap((name) => name.split(' ')),
  'Aigerim',
];

/** What only the officer may ever read. */
export const PRIVATE_NOTE = 'Only for me: the echidna hesitated';

/** The questions, by what becomes of each. */
export const asked = {
  brought: 'What did you see at the bus stop?',
  accepted: 'Who else was in the yard?',
  reworded: 'He shouted at you then, right?',
  wording: 'What did he do then?',
  declined: 'You were afraid of him, yes?',
  meanwhile: 'What colour was the gate?',
  offline: 'When did the rain begin?',
} as const;

/** The smallest picture that there is: a drawing whose bytes are known. */
export const DRAWING = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What the child's tablet says, and what the desk reads of it. */
export const wishes = [
  { wish: 'break', says: 'Маған үзіліс керек', desk: 'Child: I need a break' },
  { wish: 'not-understood', says: 'Түсінбей тұрмын', desk: 'Child: I don’t understand' },
  { wish: 'draw', says: 'Сурет салғым не көрсеткім келеді', desk: 'Child: I want to draw or show' },
  { wish: 'rather-not', says: 'Қазір айтқым келмейді', desk: 'Child: I don’t want to say that now' },
] as const;

/** The five browsers, and what they are about. */
export interface FiveScreens {
  readonly screens: OpenScreens;
  readonly interview: Interview;
  /** The officer's window at the desk. */
  readonly desk: Page;
  /** The interviewer's quiet screen. */
  readonly quiet: Page;
  /** The prosecutor's observers' screen, and the defence's. */
  readonly prosecution: Page;
  readonly defence: Page;
  readonly tablet: Page;
}

/** How long a person would look for something before giving up; this machine may be busy. */
export const PATIENCE_MS = 90_000;
