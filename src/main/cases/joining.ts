import type { Interview } from '../../shared/contract/cases.ts';
import { newParticipantCode } from './codes.ts';
import type { InterviewRows } from './interviewRows.ts';
import type { CasesNeeds } from './needs.ts';
import { sealIdentity } from './sealedIdentity.ts';

type Participant = Interview['participants'][number];
type Newcomer = Pick<Participant, 'capacity' | 'place'> & { readonly name: string };

/**
 * Adds a person to an interview that is held, their name sealed to the vault, with `participant.joined` in the log. `by` as
 * events name people. INTERVIEW_UNKNOWN.
 */
export async function join(
  needs: CasesNeeds,
  rows: InterviewRows,
  interview: string,
  { capacity, place, name }: Newcomer,
  by: { readonly id: string; readonly role: string },
): Promise<Participant> {
  const { db, facts, log } = needs;
  const { sealed, commitment } = await sealIdentity({ name }, facts().vaultRecipient);
  return db
    .transaction(() => {
      const { exhibit } = rows.get(interview);
      const code = newParticipantCode(db);
      db.prepare(
        `INSERT INTO participants (interview_id, code, capacity, place, identity, identity_commitment, position)
         SELECT ?, ?, ?, ?, ?, ?, COALESCE(MAX(position) + 1, 0) FROM participants WHERE interview_id = ?`,
      ).run(interview, code, capacity, place, sealed, commitment, interview);
      log().append({
        action: 'participant.joined',
        actor: by,
        details: { participant: code, capacity, place },
        subject: { type: 'exhibit', id: exhibit },
      });
      return { code, capacity, place };
    })
    .immediate();
}
