import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Language } from '../../shared/contract/common.ts';
import type { Filed, PaperWritten } from '../../shared/contract/protocol.ts';
import type { TranscriptView } from '../../shared/contract/transcripts.ts';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { type Cue, Cues, cueTroubles } from '../../shared/domain/transcript.ts';
import { readTranscript } from '../../shared/domain/transcriptRead.ts';
import { webvtt } from '../../shared/domain/transcriptWrite.ts';
import { Refusal } from '../../shared/errors.ts';
import { fill } from '../../shared/evidence/reportWords.ts';
import { words } from '../../shared/i18n/index.ts';
import type { Hand } from '../sealing/index.ts';
import type { Actor, TranscriptsNeeds } from './needs.ts';

/** Transcripts of sealed exhibits: a draft that is typed beside the playback, and what was filed of it. */
export class TranscriptsService {
  readonly #needs: TranscriptsNeeds;

  constructor(needs: TranscriptsNeeds) {
    this.#needs = needs;
  }

  /** Opens the draft; that it was opened is on record. @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, AGE_WRONG_KEY */
  async open(exhibit: string, actor: Actor, vaultIdentity: string): Promise<TranscriptView> {
    const { custody, drafts } = this.#needs;
    const cues = await this.#cues(exhibit, vaultIdentity);
    const saved = drafts.newest(exhibit, 'transcript');
    custody.append({
      action: 'transcript.opened',
      actor,
      subject: { type: 'exhibit', id: exhibit },
      details: { version: saved?.version ?? 0 },
    });
    return {
      ...{ exhibit, cues },
      durationMs: this.#durationMs(exhibit),
      saved: saved === null ? null : this.#named(saved),
      filed: this.#filed(exhibit).map(({ n, at }) => ({ n, at })),
    };
  }

  /** Saves a version of the draft. @throws Refusal DRAFT_CHANGED, EXHIBIT_WRONG_STATE, EXHIBIT_KEY_DESTROYED */
  async save(exhibit: string, base: number, cues: readonly Cue[], actor: Actor) {
    const { drafts, stored } = this.#needs;
    stored(exhibit);
    const nfc = cues.map((cue) => ({ ...cue, text: cue.text.normalize('NFC') }));
    return this.#named(await drafts.save({ exhibit, kind: 'transcript', base, by: actor.id }, canonicalBytes(nfc)));
  }

  /** Writes the saved draft as WebVTT. @throws Refusal TRANSCRIPT_EMPTY, TRANSCRIPT_NOT_PLACED, EXPORT_EXISTS, PAPER_NOT_WRITTEN */
  async write(
    request: { readonly exhibit: string; readonly folder: string; readonly name: string | null },
    actor: Actor,
    vaultIdentity: string,
  ): Promise<z.infer<typeof PaperWritten>> {
    const { exhibit, folder } = request;
    const bytes = this.#webvtt(exhibit, await this.#cues(exhibit, vaultIdentity), 'en');
    const typed = request.name ?? `${exhibit}-transcript`;
    const path = join(folder, typed.endsWith('.vtt') ? typed : `${typed}.vtt`);
    return await this.#needs.write(path, async () => bytes, {
      ...{ actor, exhibit },
      onRecord: (sha256) => this.#log('transcript.written', exhibit, actor, { transcript_sha256: sha256 }),
    });
  }

  /** Files the saved draft with the exhibit as a signed supplement. @throws as `write`; Refusal DRAFT_CHANGED */
  async file(
    { exhibit, language, version }: { exhibit: string; language: Language; version: number },
    hand: Hand,
    vaultIdentity: string,
  ): Promise<Filed> {
    const { drafts, supplements } = this.#needs;
    const newest = drafts.newest(exhibit, 'transcript');
    if (newest?.version !== version) throw new Refusal('DRAFT_CHANGED', { by: newest?.savedBy ?? '' });
    const bytes = this.#webvtt(exhibit, await this.#cues(exhibit, vaultIdentity), language);
    const title = words[language].transcript.title;
    const file = { name: `transcript-${language}.vtt`, mediaType: 'text/vtt', title, plain: [bytes] };
    const { n, statement } = await supplements.add({ exhibit, files: [file] }, hand);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#log('transcript.filed', exhibit, { id: hand.code, role: hand.role }, { n, transcript_sha256: sha256 });
    return { n, at: statement.at };
  }

  /** The newest transcript that was filed; null where there is none. @throws Refusal ATTACHMENT_DAMAGED and its like */
  async filed(exhibit: string, vaultIdentity: () => Promise<string>) {
    const newest = this.#filed(exhibit).at(-1);
    if (newest === undefined) return null;
    const { content } = await this.#needs.supplements.open(exhibit, newest.file, await vaultIdentity());
    const read = readTranscript(content);
    return { n: newest.n, at: newest.at, cues: typeof read === 'string' ? [] : [...read.cues] };
  }

  #webvtt(exhibit: string, cues: readonly Cue[], language: Language): Buffer {
    const durationMs = this.#durationMs(exhibit);
    const spoken = cues.filter(({ text }) => text.trim() !== '');
    if (spoken.length === 0) throw new Refusal('TRANSCRIPT_EMPTY');
    const wrong = cueTroubles(spoken, durationMs).filter(({ what }) => what !== 'overlap');
    if (wrong.length > 0) throw new Refusal('TRANSCRIPT_NOT_PLACED', { count: wrong.length });
    const note = fill(words[language].transcript.note, { exhibit });
    return Buffer.from(webvtt(spoken, { note, durationMs }), 'utf8');
  }

  async #cues(exhibit: string, vaultIdentity: string): Promise<Cue[]> {
    const { drafts, stored, openKey } = this.#needs;
    const identity = await openKey(stored(exhibit).keyAge, vaultIdentity);
    const saved = await drafts.read(exhibit, 'transcript', identity);
    return saved === null ? [] : Cues.parse(JSON.parse(Buffer.from(saved).toString('utf8')));
  }

  #durationMs(exhibit: string): number {
    const { interview } = this.#needs.stored(exhibit).statement;
    return Date.parse(interview.ended_at) - Date.parse(interview.started_at);
  }

  #filed(exhibit: string): { n: number; at: string; file: string }[] {
    return this.#needs.supplements.list(exhibit).flatMap(({ n, statement: { at, attachments } }) => {
      const found = attachments.find(({ file }) => /(^|\/)transcript-[^/]*\.vtt$/.test(file));
      return found === undefined ? [] : [{ n, at, file: found.file }];
    });
  }

  #log(action: string, exhibit: string, actor: Actor, details: Record<string, string | number>): void {
    this.#needs.custody.append({ action, actor, subject: { type: 'exhibit', id: exhibit }, details });
  }

  #named<Draft extends { readonly savedBy: string }>(saved: Draft): Draft {
    return { ...saved, savedBy: this.#needs.nameOf(saved.savedBy) };
  }
}
