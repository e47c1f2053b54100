import { timeMark } from '../../shared/domain/transcript.ts';
import type { Words } from '../../shared/i18n/index.ts';

/** The words of one protocol, and how it says moments and people. */
export interface Saying {
  readonly text: Words['protocol'];
  readonly certificate: Words['certificate'];
  readonly common: Words['common'];
  /** Local time, and how far it is from UTC. */
  at(instant: string): string;
  /** Name and capacity of a person, as well as they are known. */
  who(code: string): string;
  phase(label: string): string;
}

/** How a chapter stands above its account: `[00:02:10] Free narrative`. */
export const chapterTitle = (atMs: number, phase: string): string => `[${timeMark(atMs)}] ${phase}`;
