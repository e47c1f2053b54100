import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Language } from '../../shared/contract/common.ts';
import type { TabletView, VoiceLine } from '../../shared/contract/tablet.ts';
import { type Spoken, spokenWords } from '../../shared/domain/childWishes.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { soundType } from './soundType.ts';
import { type Sound, StandIns } from './standIns.ts';

export interface VoicesNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: () => { append(event: Parameters<CustodyLog['append']>[0]): unknown };
  readonly stationId: () => string;
}

type Actor = Readonly<{ id: string; role: string }>;
type Of = Readonly<{ language: Language; said: Spoken }>;

/** The longest recording of a voice, in bytes. */
const LONGEST = 1024 * 1024;

const Row = z.object({ sha256: z.string(), sound: z.instanceof(Buffer) });

/** What the child's tablet says aloud: a person's voice where one was recorded, the stand-in everywhere else. */
export class Voices {
  readonly #needs: VoicesNeeds;
  readonly #standIns = new StandIns();

  constructor(needs: VoicesNeeds) {
    this.#needs = needs;
  }

  kindOf(language: Language, said: Spoken): VoiceLine['kind'] {
    return this.#digest(language, said) === null ? 'synthetic' : 'recorded';
  }

  /** What a tablet of this language has to fetch. @throws Refusal VOICE_MISSING */
  soundsOf(language: Language): TabletView['sounds'] {
    return spokenWords.map((said) => ({ said, sha256: this.#line(language, said).sha256 }));
  }

  /** @throws Refusal VOICE_MISSING */
  all(): VoiceLine[] {
    return Language.options.flatMap((language) => spokenWords.map((said) => this.#line(language, said)));
  }

  /** A sound and what it is. @throws Refusal VOICE_MISSING */
  sound(language: Language, said: Spoken): Sound & { readonly mediaType: string } {
    const row = this.#needs.db
      .prepare('SELECT sha256, sound FROM voices WHERE language = ? AND said = ?')
      .get(language, said);
    const own = row === undefined ? null : Row.parse(row);
    const { bytes, sha256 } =
      own === null ? this.#standIns.sound(language, said) : { bytes: new Uint8Array(own.sound), sha256: own.sha256 };
    return { bytes, sha256, mediaType: soundType(bytes) ?? 'application/octet-stream' };
  }

  /** Puts a person's voice in place of what there is. @throws Refusal VOICE_NOT_SOUND, VOICE_TOO_LONG */
  set({ language, said }: Of, bytes: Uint8Array, actor: Actor): VoiceLine {
    if (bytes.length > LONGEST) throw new Refusal('VOICE_TOO_LONG', { bytes: bytes.length, limit: LONGEST });
    if (soundType(bytes) === null) throw new Refusal('VOICE_NOT_SOUND');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { db, clock } = this.#needs;
    db.transaction(() => {
      db.prepare('INSERT OR REPLACE INTO voices (language, said, sha256, sound, set_at) VALUES (?, ?, ?, ?, ?)').run(
        ...[language, said, sha256, Buffer.from(bytes), clock.now().toISOString()],
      );
      this.#tell(actor, { language, said, kind: 'recorded', sha256, bytes: bytes.length });
    })();
    return this.#line(language, said);
  }

  /** Back to the stand-in; nothing where it is one. */
  reset({ language, said }: Of, actor: Actor): void {
    const { db } = this.#needs;
    db.transaction(() => {
      const { changes } = db.prepare('DELETE FROM voices WHERE language = ? AND said = ?').run(language, said);
      if (changes > 0) this.#tell(actor, { language, said, kind: 'synthetic' });
    })();
  }

  #line(language: Language, said: Spoken): VoiceLine {
    const own = this.#digest(language, said);
    const words = this.#standIns.words(language, said);
    return own === null
      ? { language, said, words, kind: 'synthetic', sha256: this.#standIns.sound(language, said).sha256 }
      : { language, said, words, kind: 'recorded', sha256: own };
  }

  #digest(language: Language, said: Spoken): string | null {
    const found = this.#needs.db
      .prepare('SELECT sha256 FROM voices WHERE language = ? AND said = ?')
      .pluck()
      .get(language, said);
    return typeof found === 'string' ? found : null;
  }

  #tell(actor: Actor, details: Record<string, string | number>): void {
    const subject = { type: 'station', id: this.#needs.stationId() } as const;
    this.#needs.custody().append({ action: 'voice.changed', actor, subject, details });
  }
}
