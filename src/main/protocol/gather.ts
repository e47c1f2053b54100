import type { Language } from '../../shared/contract/common.ts';
import { ProtocolDraft, type ProtocolPerson } from '../../shared/contract/protocol.ts';
import { questionsOf } from '../../shared/domain/questions.ts';
import { isRefusal } from '../../shared/errors.ts';
import { words } from '../../shared/i18n/index.ts';
import type { ProtocolData } from './data.ts';
import { firstDraft } from './firstDraft.ts';
import type { ProtocolNeeds, Stored } from './needs.ts';
import { personWords } from './people.ts';
import { peopleOfExhibit } from './peopleOfExhibit.ts';
import { rightsOf } from './rightsOf.ts';

/** What is read once of an exhibit for its protocol; names included. */
export interface Gathered {
  readonly stored: Stored;
  readonly people: readonly ProtocolPerson[];
  readonly draft: ProtocolDraft;
  /** The protocol's data in a language, with a printed head where it is written to paper. */
  data(language: Language, paper?: { readonly head: ProtocolData['head']; readonly filing: boolean }): ProtocolData;
}

/** Reads everything that a protocol says: record, names, preparation, draft. @throws Refusal ACCESS_NOT_GRANTED, AGE_WRONG_KEY */
export async function gather(needs: ProtocolNeeds, exhibit: string, vaultIdentity: string): Promise<Gathered> {
  const stored = needs.stored(exhibit);
  const { statement: record } = stored;
  const people = await peopleOfExhibit(needs.db, record, { vaultIdentity, nameOf: needs.nameOf });
  const identity = await needs.openKey(stored.keyAge, vaultIdentity);
  const saved = await needs.drafts.read(exhibit, 'protocol', identity);
  const draft = saved === null ? firstDraft(record, people) : ProtocolDraft.parse(JSON.parse(saved.toString('utf8')));
  const preparation = await preparationOf(needs, stored, vaultIdentity);
  const rules = needs.rulesAt(record.interview.started_at);
  const questions = questionsOf(record.timeline);
  return {
    ...{ stored, people, draft },
    data: (language, paper = { head: null, filing: false }) => {
      const document = record.interview.kind === 'deposition' ? 'deposition-protocol' : 'protocol';
      const { protocol: text, common } = words[language];
      const title = rules?.documents.find((one) => one.document === document)?.title[language];
      return {
        ...{ language, people, draft, questions, record, ...paper },
        at: needs.clock.now().toISOString(),
        timeZone: needs.timeZone(),
        software: `${needs.software.name} ${needs.software.version}`,
        title: title ?? text.title,
        room: roomName(needs, record.interview.room),
        recordSha256: stored.recordSha256,
        rights: rightsOf(preparation, (code) => personWords({ people }, { text, common }, code)),
        phases: Object.fromEntries((rules?.phases ?? []).map(({ id, name }) => [id, name[language]])),
      };
    },
  };
}

/** The preparation that was kept with the interview; null where there is none or it cannot be read any more. */
async function preparationOf(needs: ProtocolNeeds, stored: Stored, vaultIdentity: string): Promise<Uint8Array | null> {
  const kept = stored.statement.attachments.find(({ file }) => /^attachments\/preparation(-\d+)?\.json$/.test(file));
  if (kept === undefined) return null;
  try {
    return await needs.attachment(stored.number, kept.file, vaultIdentity);
  } catch (error) {
    // A damaged attachment is told where attachments are; the protocol says that nothing is marked.
    if (isRefusal(error)) return null;
    throw error;
  }
}

function roomName({ db }: ProtocolNeeds, room: string): string {
  const name: unknown = db.prepare('SELECT name FROM rooms WHERE id = ?').pluck().get(room);
  return typeof name === 'string' ? name : room;
}
