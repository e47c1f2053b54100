import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Language } from '../../shared/contract/common.ts';
import { type Spoken, spokenWords } from '../../shared/domain/childWishes.ts';
import { Refusal } from '../../shared/errors.ts';

/** Where the stand-ins come with the product: the same from the sources and from `build/`. */
const shipped = fileURLToPath(new URL('../../../resources/voice', import.meta.url));

/** `voice.json` beside a language's sounds: that no person spoke, what made them, and the words. */
const Made = z.strictObject({
  synthetic: z.literal(true),
  made: z.string(),
  says: z.strictObject(Object.fromEntries(spokenWords.map((said) => [said, z.string()]))),
});

export interface Sound {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/** The voices that come with the product, made by a speech synthesiser and marked so. Read once. */
export class StandIns {
  readonly #sounds = new Map<string, Sound>();
  readonly #words = new Map<Language, Readonly<Record<string, string>>>();

  /** @throws Refusal VOICE_MISSING */
  sound(language: Language, said: Spoken): Sound {
    const key = `${language}/${said}`;
    const known = this.#sounds.get(key);
    if (known !== undefined) return known;
    const bytes = new Uint8Array(read(language, `${said}.mp3`));
    const sound = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    this.#sounds.set(key, sound);
    return sound;
  }

  /** The words that are spoken. @throws Refusal VOICE_MISSING */
  words(language: Language, said: Spoken): string {
    const known = this.#words.get(language) ?? Made.parse(JSON.parse(read(language, 'voice.json').toString())).says;
    this.#words.set(language, known);
    return known[said] ?? '';
  }
}

function read(language: Language, name: string): Buffer {
  try {
    return readFileSync(join(shipped, language, name));
  } catch {
    throw new Refusal('VOICE_MISSING', { file: `${language}/${name}` });
  }
}
