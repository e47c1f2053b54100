import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { sentenceOf } from '../../shared/i18n/sentence.ts';
import type { StationDidNotStart } from './findStation.ts';

type Language = 'kk' | 'ru' | 'en';

const Refused = z.object({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/**
 * Why a station did not start, in the words of the error list when it said so by a code, else in a sentence of ours with what
 * it wrote last.
 */
export function whyItDidNotStart(error: StationDidNotStart, language: Language): string {
  for (const line of error.lastWords.split('\n').reverse()) {
    const refused = refusalIn(line);
    if (refused !== null) return sentenceOf(language, refused.code, refused.params);
  }
  return `The station did not start: ${error.message}. What was recorded is safe.\n${error.lastWords}`;
}

/** A refusal as a line of the log has it, `{"code":…,"params":…}` at its top or under `err`, or as an error's own text. */
function refusalIn(line: string): z.infer<typeof Refused> | null {
  const text = /\b([A-Z][A-Z_]+) (\{.*\})\s*$/.exec(line);
  if (text !== null && !line.startsWith('{')) return parse(`{"code":"${text[1]}","params":${text[2]}}`);
  const bare = /Refusal: ([A-Z_]+)\s*$/.exec(line);
  return bare !== null ? parse(`{"code":"${bare[1]}"}`) : parse(line);
}

function parse(text: string): z.infer<typeof Refused> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const direct = Refused.safeParse(value);
  if (direct.success) return direct.data;
  const nested = z.object({ err: Refused }).safeParse(value);
  return nested.success ? nested.data.err : null;
}
