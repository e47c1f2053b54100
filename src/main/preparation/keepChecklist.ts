import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { EvidencePreparation } from '../../shared/evidence/preparation.ts';
import { openSecret } from '../vault/index.ts';
import { checklistOf } from './checklist.ts';
import type { Actor, PreparationNeeds } from './needs.ts';
import { preparationPaper } from './paper.ts';
import type { AnswerRow, PreparationRows } from './preparationRows.ts';
import { openWords } from './sealedWords.ts';

const NAME = 'preparation.json';
const TITLE = 'preparation';
/** The paths that it may have been given. */
const PAPER = /^attachments\/preparation(-\d+)?\.json$/;

/**
 * Puts the checklist into the exhibit: the stills, `preparation.json` naming them, and a note at the beginning of the
 * timeline. Nothing where nobody prepared anything. Asked again (a seal that had to wait, a try that a fault ended in its
 * midst), nothing is kept twice: what the first try kept is taken as it stands.
 * @throws Refusal STATION_KEYS_LOCKED, and what keeping an attachment refuses
 */
export async function keepChecklist(
  needs: PreparationNeeds,
  rows: PreparationRows,
  interview: string,
  by: Actor,
): Promise<void> {
  if (rows.keptAs(interview) !== null) return;
  const list = checklistOf(needs, interview);
  if (list.answers.length === 0 && list.stills.length === 0) return;
  const identity = needs.stationIdentity();
  const { attachments } = needs;
  const files = new Map<string, string>();
  // One after the other: where one fails, none is still on its way when it is tried again.
  for (const { source, jpeg, sha256 } of list.stills) {
    const title = `still-${source}`;
    const there = attachments.of(interview).find((one) => one.title === title && one.sha256 === sha256);
    const still = { interview, name: `${title}.jpg`, mediaType: 'image/jpeg', title };
    const { file } = there ?? (await attachments.keep({ ...still, bytes: await openSecret(jpeg, identity) }, by));
    files.set(source, file);
  }
  const words = new Map(
    await Promise.all(
      list.answers.map(async (row): Promise<[AnswerRow, string | null]> => {
        return [row, row.words === null ? null : await openWords(row.words, identity)];
      }),
    ),
  );
  const at = needs.clock.now().toISOString();
  const before = attachments.of(interview).find((one) => one.title === TITLE && PAPER.test(one.file));
  const paper = EvidencePreparation.parse(preparationPaper(list, (row) => words.get(row) ?? null, files, at));
  const kept = { interview, name: NAME, mediaType: 'application/json', title: TITLE };
  const { file } = before ?? (await attachments.keep({ ...kept, bytes: canonicalBytes(paper) }, by));
  needs.db
    .transaction(() => {
      needs.interviews.addEntry(interview, { at_ms: 0, type: 'note', label: 'preparation', attachment: file });
      rows.setKept(interview, file, at);
    })
    .immediate();
}
