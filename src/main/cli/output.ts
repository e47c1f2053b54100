import { ORPCError } from '@orpc/server';
import type { Language } from '../../shared/contract/common.ts';
import { isRefusal } from '../../shared/errors.ts';
import { sentenceOf } from '../../shared/i18n/sentence.ts';

/** Exit statuses of `birret`. */
export const EXIT = { done: 0, failed: 1, usage: 2, unestablished: 3 } as const;

/** Where a command's answer goes: JSON lines for programs, sentences for people. */
export interface Output {
  readonly json: boolean;
  /** An event: its line in JSON, or `words` for a person (null: nothing to say). */
  event(event: Readonly<Record<string, unknown>> & { readonly event: string }, words: string | null): void;
}

export function newOutput(json: boolean): Output {
  return {
    json,
    event: (event, words) => {
      if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
      else if (words !== null) process.stdout.write(`${words}\n`);
    },
  };
}

/** The language of a person's terminal, by its locale; English where it is none of ours. */
export function languageOfTerminal(env: NodeJS.ProcessEnv = process.env): Language {
  const locale = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  if (locale.startsWith('kk')) return 'kk';
  return locale.startsWith('ru') ? 'ru' : 'en';
}

/** What became of an error: its code, and the sentence for a person. */
export function said(error: unknown): {
  code: string;
  params: Readonly<Record<string, string | number>>;
  sentence: string;
} {
  const language = languageOfTerminal();
  if (isRefusal(error)) {
    return { code: error.code, params: error.params, sentence: sentenceOf(language, error.code, error.params) };
  }
  if (error instanceof ORPCError) {
    const params: Record<string, string | number> = error.data?.params ?? {};
    return { code: error.code, params, sentence: sentenceOf(language, error.code, params) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', params: { at: message }, sentence: sentenceOf(language, 'INTERNAL', { at: message }) };
}
