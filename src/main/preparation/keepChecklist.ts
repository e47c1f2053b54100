import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { EvidencePreparation } from '../../shared/evidence/preparation.ts';
import { openSecret } from '../vault/index.ts';
import { checklistOf } from './checklist.ts';
import type { Actor, PreparationNeeds } from './needs.ts';
import { preparationPaper } from './paper.ts';
import type { AnswerRow, PreparationRows } from './preparationRows.ts';
import { openWords } from './sealedWords.ts';

const NAME = 'preparation.json';

/**
 * Puts the checklist into the exhibit: the stills, `preparation.json` naming them, and a note at the beginning of the
 * timeline. Nothing where nobody prepared anything. Asked again (a seal that had to wait), it is not kept twice.
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
  const files = new Map(
    await Promise.all(
      list.stills.map(async ({ source, jpeg }): Promise<[string, string]> => {
        const bytes = await openSecret(jpeg, identity);
        const still = { name: `still-${source}.jpg`, mediaType: 'image/jpeg', title: `still-${source}` };
        const { file } = await needs.attachments.keep({ interview, ...still, bytes }, by);
        return [source, file];
      }),
    ),
  );
  const words = new Map(
    await Promise.all(
      list.answers.map(async (row): Promise<[AnswerRow, string | null]> => {
        return [row, row.words === null ? null : await openWords(row.words, identity)];
      }),
    ),
  );
  const at = needs.clock.now().toISOString();
  const paper = EvidencePreparation.parse(preparationPaper(list, (row) => words.get(row) ?? null, files, at));
  const { file } = await needs.attachments.keep(
    { interview, name: NAME, mediaType: 'application/json', title: 'preparation', bytes: canonicalBytes(paper) },
    by,
  );
  needs.db
    .transaction(() => {
      needs.interviews.addEntry(interview, { at_ms: 0, type: 'note', label: 'preparation', attachment: file });
      rows.setKept(interview, file, at);
    })
    .immediate();
}
