import { join } from 'node:path';
import { z } from 'zod';
import type { Language } from '../../shared/contract/common.ts';
import type { Filed, PaperWritten, ProtocolDraft, ProtocolView } from '../../shared/contract/protocol.ts';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { isOpen, questionsOf } from '../../shared/domain/questions.ts';
import { Refusal } from '../../shared/errors.ts';
import { runInThread } from '../platform/thread.ts';
import type { Hand } from '../sealing/index.ts';
import type { Drawn, ProtocolData } from './data.ts';
import type { SavedDraft } from './drafts.ts';
import { type Gathered, gather } from './gather.ts';
import type { Actor, ProtocolNeeds } from './needs.ts';
import { type PrintedHead, printedHead, sha256Of, writePaper } from './papersOut.ts';
import { htmlText, linesOf, plainText } from './plainText.ts';
import { protocolPaper, sectionsOf } from './protocolModel.ts';

export type ProtocolForm = 'pdf' | 'txt' | 'html';

export interface WriteRequest {
  readonly exhibit: string;
  readonly language: Language;
  readonly folder: string;
  /** The file's own name; null takes one of the exhibit's number. */
  readonly name: string | null;
}

/** The draft protocol of a sealed exhibit: what the record tells, what people write in it, and its papers. */
export class ProtocolService {
  readonly #needs: ProtocolNeeds;

  constructor(needs: ProtocolNeeds) {
    this.#needs = needs;
  }

  /** Opens the draft with the names of those present; that they were opened is on record before they are given. */
  async open(exhibit: string, language: Language, actor: Actor, vaultIdentity: string): Promise<ProtocolView> {
    const { custody, drafts } = this.#needs;
    const gathered = await gather(this.#needs, exhibit, vaultIdentity);
    const { people, draft, stored } = gathered;
    custody.append({
      action: 'protocol.opened',
      actor,
      subject: { type: 'exhibit', id: exhibit },
      details: { names: people.filter(({ name }) => name !== null).length },
    });
    const data = gathered.data(language);
    const { interview, timeline } = stored.statement;
    const saved = drafts.newest(exhibit, 'protocol');
    return {
      ...{ exhibit, draft, people: [...people] },
      title: data.title,
      durationMs: Date.parse(interview.ended_at) - Date.parse(interview.started_at),
      saved: saved === null ? null : this.#named(saved),
      sections: sectionsOf(data).flatMap(({ id, title, told, blocks }) =>
        told ? [{ id, title, lines: blocks.flatMap(linesOf) }] : [],
      ),
      unanswered: questionsOf(timeline).filter(isOpen).length,
      filed: this.#filed(exhibit),
    };
  }

  /** Saves a version of the draft. @throws Refusal DRAFT_CHANGED, EXHIBIT_WRONG_STATE, EXHIBIT_KEY_DESTROYED */
  async save(exhibit: string, base: number, draft: ProtocolDraft, actor: Actor): Promise<SavedDraft> {
    const { drafts, stored, clock } = this.#needs;
    stored(exhibit);
    const { complete } = draft;
    const stamped =
      complete === null || complete.at !== null ? complete : { ...complete, at: clock.now().toISOString() };
    const bytes = canonicalBytes({ ...draft, complete: stamped });
    return this.#named(await drafts.save({ exhibit, kind: 'protocol', base, by: actor.id }, bytes));
  }

  /**
   * Writes the saved draft into a folder; the PDF is drawn in a thread.
   * @throws Refusal EXPORT_EXISTS, PAPER_NOT_WRITTEN, STATION_KEYS_LOCKED
   */
  async write(
    request: WriteRequest & { readonly form: ProtocolForm },
    actor: Actor,
    vaultIdentity: string,
    signal: AbortSignal,
  ): Promise<z.infer<typeof PaperWritten>> {
    const { custody, logSigner } = this.#needs;
    const { exhibit, language, form } = request;
    const head = printedHead(custody, logSigner());
    const gathered = await gather(this.#needs, exhibit, vaultIdentity);
    const data = gathered.data(language, { head, filing: false });
    const path = join(request.folder, fileName(request.name ?? `${exhibit}-protocol-${language}`, form));
    return await writePaper(path, () => bytesOf(data, form, signal), {
      ...{ custody, actor, exhibit },
      onRecord: (sha256) => this.#putOnRecord(exhibit, actor, head, { action: 'protocol.written', sha256, language }),
    });
  }

  /**
   * Files the saved draft with the exhibit: PDF and plain text in a supplement that the station and `hand` sign.
   * @throws Refusal DRAFT_CHANGED where `version` is not the newest, PROTOCOL_NOT_COMPLETE, and what the shelf throws
   */
  async file(
    { exhibit, language, version }: { exhibit: string; language: Language; version: number },
    hand: Hand,
    vaultIdentity: string,
    signal: AbortSignal,
  ): Promise<Filed> {
    const { custody, drafts, logSigner, supplements } = this.#needs;
    const newest = drafts.newest(exhibit, 'protocol');
    if (newest?.version !== version) throw new Refusal('DRAFT_CHANGED', { by: newest?.savedBy ?? '' });
    const head = printedHead(custody, logSigner());
    const gathered = await gather(this.#needs, exhibit, vaultIdentity);
    mustBeComplete(gathered);
    const data = gathered.data(language, { head, filing: true });
    const title = data.title;
    const pdf = await bytesOf(data, 'pdf', signal);
    const text = await bytesOf(data, 'txt', signal);
    signal.throwIfAborted();
    const { n, statement } = await supplements.add(
      {
        exhibit,
        files: [
          { name: `protocol-${language}.pdf`, mediaType: 'application/pdf', title, plain: [pdf] },
          { name: `protocol-${language}.txt`, mediaType: 'text/plain', title, plain: [text] },
        ],
      },
      hand,
    );
    const actor = { id: hand.code, role: hand.role };
    this.#putOnRecord(exhibit, actor, head, { action: 'protocol.filed', sha256: sha256Of(pdf), language });
    return { n, at: statement.at };
  }

  #filed(exhibit: string): Filed[] {
    return this.#needs.supplements
      .list(exhibit)
      .filter(({ statement }) => statement.attachments.some(({ file }) => /(^|\/)protocol-[^/]*\.pdf$/.test(file)))
      .map(({ n, statement }) => ({ n, at: statement.at }));
  }

  /** A head that is printed has left the station: the log is held to it from now on. */
  #putOnRecord(
    exhibit: string,
    actor: Actor,
    head: PrintedHead,
    made: { readonly action: string; readonly sha256: string; readonly language: Language },
  ): void {
    const { db, custody } = this.#needs;
    db.transaction(() => {
      custody.keepHead(head.checkpoint, null);
      custody.append({
        action: made.action,
        actor,
        subject: { type: 'exhibit', id: exhibit },
        details: { paper_sha256: made.sha256, language: made.language, checkpoint_size: head.size },
      });
    })();
  }

  #named(saved: SavedDraft): SavedDraft {
    return { ...saved, savedBy: this.#needs.nameOf(saved.savedBy) };
  }
}

/** Everybody was asked for remarks, and somebody stated that the record is complete. */
function mustBeComplete({ draft }: Gathered): void {
  const open = draft.remarks.filter(({ said, text }) => said === 'open' || (said === 'text' && text.trim() === ''));
  if (open.length > 0) throw new Refusal('PROTOCOL_REMARKS_OPEN', { count: open.length });
  if (draft.complete === null) throw new Refusal('PROTOCOL_NOT_COMPLETE');
}

/** The name with its ending, where it has not got it. */
export const fileName = (name: string, ending: string): string =>
  name.endsWith(`.${ending}`) ? name : `${name}.${ending}`;

async function bytesOf(protocol: ProtocolData, form: ProtocolForm, signal: AbortSignal): Promise<Uint8Array> {
  switch (form) {
    case 'pdf':
      return await drawn({ what: 'protocol', protocol }, signal);
    case 'txt':
      return Buffer.from(plainText(protocolPaper(protocol)), 'utf8');
    case 'html':
      return Buffer.from(htmlText(protocolPaper(protocol)), 'utf8');
  }
}

/** Has a paper drawn in a thread of its own. */
export async function drawn(data: Drawn, signal: AbortSignal): Promise<Uint8Array> {
  const thread = { name: 'drawThread', beside: import.meta.url, data };
  return z.instanceof(Uint8Array).parse(await runInThread(thread, { signal, onProgress: () => undefined }));
}
