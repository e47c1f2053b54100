import { pino, stdTimeFunctions } from 'pino';

/** What areas log through: facts by key, a short English sentence. Never names, transcripts, keys or passwords. */
export interface Log {
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

/** Keys whose values are struck out wherever they stand, should one ever be handed in. */
const REDACTED = [
  'password',
  'secret',
  'identity',
  'token',
  'name',
  'givenName',
  'surname',
  'iin',
  'label',
  'code_once',
];

/** A log of JSON lines to standard error: standard output belongs to what a command answers. */
export function newLog(area: string, level: 'info' | 'warn' | 'silent' = 'info'): Log {
  return pino(
    {
      name: area,
      level,
      base: { area, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[struck out]' },
    },
    process.stderr,
  );
}
