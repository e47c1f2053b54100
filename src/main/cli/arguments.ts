import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';

const options = {
  station: { type: 'string' },
  port: { type: 'string' },
  seconds: { type: 'string' },
  out: { type: 'string' },
  exhibit: { type: 'string' },
  language: { type: 'string' },
  title: { type: 'string' },
  as: { type: 'string' },
  'password-file': { type: 'string' },
  identity: { type: 'string' },
  checkpoint: { type: 'string' },
  old: { type: 'string' },
  recipient: { type: 'string' },
  to: { type: 'string' },
  trust: { type: 'string', multiple: true },
  'tsa-trust': { type: 'string', multiple: true },
  witness: { type: 'string', multiple: true },
  into: { type: 'string' },
  log: { type: 'string' },
  targets: { type: 'string', multiple: true },
  'without-recordings': { type: 'boolean' },
  'accept-unestablished': { type: 'boolean' },
  practice: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The command line, read: a command, what stands alone after it, and the options. */
export interface Arguments {
  readonly command: string;
  readonly rest: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
  /** The value of an option that must be there. @throws Refusal USAGE */
  required(name: TextOption): string;
  text(name: TextOption): string | null;
  list(name: 'trust' | 'tsa-trust' | 'witness' | 'targets'): readonly string[];
  flag(name: 'accept-unestablished' | 'without-recordings' | 'practice'): boolean;
  /** A whole number of an option. @throws Refusal USAGE */
  whole(name: 'seconds' | 'port' | 'old', otherwise: number, least: number, most: number): number;
}
type TextOption =
  | 'station'
  | 'out'
  | 'into'
  | 'log'
  | 'exhibit'
  | 'language'
  | 'title'
  | 'as'
  | 'password-file'
  | 'identity'
  | 'checkpoint'
  | 'old'
  | 'recipient'
  | 'to'
  | 'seconds'
  | 'port';

/** Reads the arguments after `birret`. @throws Refusal USAGE for an option that is not known or lacks its value */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const [command = '', ...rest] = positionals;
  const text = (name: TextOption) => values[name] ?? null;
  return {
    command,
    rest,
    json: values.json === true,
    help: values.help === true,
    text,
    required: (name) => {
      const value = text(name);
      if (value === null || value === '') throw usage(`--${name}`);
      return value;
    },
    list: (name) => values[name] ?? [],
    flag: (name) => values[name] === true,
    whole: (name, otherwise, least, most) => {
      const value = text(name);
      const parsed = z.coerce
        .number()
        .int()
        .min(least)
        .max(most)
        .safeParse(value ?? otherwise);
      if (!parsed.success) throw usage(`--${name} ${value ?? ''}`);
      return parsed.data;
    },
  };
}

export const usage = (problem: string) => new Refusal('USAGE', { problem });

/** The password in the file of `--password-file`: its first line. @throws Refusal USAGE */
export async function passwordOf(args: Arguments): Promise<string> {
  const path = args.required('password-file');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Refusal('USAGE', { problem: `--password-file ${path}` }, { cause: error });
  });
  const [line = ''] = text.split(/\r?\n/);
  if (line === '') throw usage(`--password-file ${path}`);
  return line;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw unreadable(error);
  }
}

const unreadable = (cause: unknown) =>
  new Refusal('USAGE', { problem: cause instanceof Error ? cause.message : '' }, { cause });
