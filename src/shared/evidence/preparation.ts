import { z } from 'zod';
import { Id, Instant, RelativePath, Sha256Hex } from './record.ts';

/** Who answered, by the account's code, and when. */
const given = { by: Id, at: Instant };
const Words = z.string().nullable();
/** What somebody else had answered last before that: two people may have filled in the list. */
const before = <State extends z.ZodType>(state: State) => z.strictObject({ state, words: Words, ...given }).nullable();

const Asked = z.enum(['yes', 'no', 'not-asked']);
const Needed = z.enum(['none', 'some', 'not-asked']);
const asked = <State extends z.ZodType>(state: State) =>
  z.strictObject({ state, words: Words, ...given, before: before(state) }).nullable();

const Read = z.enum(['read', 'in-recording', 'skipped']);

/**
 * `attachments/preparation.json` of an exhibit: what was prepared, asked and read aloud before and during the interview.
 * Canonical JSON, codes and no names; `words` are what people wrote themselves. What nobody answered stands as null.
 */
export const EvidencePreparation = z.strictObject({
  format: z.literal('birret-preparation-1'),
  exhibit: z.string(),
  interview: Id,
  language: z.string(),
  /** The jurisdiction profile in force when the recording began. */
  rules: z.strictObject({ id: z.string(), version: z.string() }),
  made_at: Instant,
  /** The exhibit from whose preparation answers were taken over: an interview that goes on after a fault. */
  taken_over_from: z.string().nullable(),
  /** The newest self-test of the room. `today`: of the day of the interview. */
  room_check: z
    .strictObject({ at: Instant, light: z.enum(['green', 'amber', 'red']), by: Id, today: z.boolean() })
    .nullable(),
  /** A confirmed picture of each camera; `file` within the exhibit. */
  stills: z.array(
    z.strictObject({
      ...{ source: Id, place: z.string(), file: RelativePath, sha256: Sha256Hex, taken_at: Instant },
      ...{ confirmed_by: Id, confirmed_at: Instant },
    }),
  ),
  /** The planned people. `state` null: nobody said. */
  people: z.array(
    z.strictObject({
      ...{ code: Id, capacity: z.string(), place: z.enum(['interview', 'observation']) },
      state: z.enum(['here', 'absent']).nullable(),
    }),
  ),
  /** Who is to be there by the rules and was not; `reason` null: none was given. */
  missing: z.array(
    z.strictObject({
      ...{ rule: z.string(), any_of: z.array(z.string()).min(1), need: z.enum(['required', 'advised']) },
      reason: z.strictObject({ words: z.string(), given: z.enum(['plan', 'day']) }).nullable(),
    }),
  ),
  wellbeing: z.strictObject({ tired: asked(Asked), fed: asked(Asked), medication: asked(Asked), fears: asked(Asked) }),
  /** What the child likes to be called: a commitment to the sealed name, as for the identity (EVIDENCE-FORMAT §2). */
  called: z
    .strictObject({ state: z.enum(['told', 'not-asked']), commitment: Sha256Hex.nullable(), ...given })
    .nullable(),
  needs: z.strictObject({ language: asked(Needed), disability: asked(Needed), aids: asked(Needed) }),
  /** What the rules have read aloud at the child's age. `text` as the profile has it; `answer` null: nobody said. */
  readings: z.array(
    z.strictObject({
      rule: z.string(),
      what: z.enum(['opening', 'right', 'warning', 'reminder']),
      to: z.enum(['child', 'present']),
      text: z.string(),
      /** Somebody who knows the law has confirmed these words. */
      confirmed: z.boolean(),
      answer: z
        .strictObject({
          state: Read,
          /** A participant's code, or `officer`. */
          read_by: Id.nullable(),
          language: z.string(),
          interpreted: z.boolean(),
          words: Words,
          /** The rules under which it was answered, where these were others. */
          under: z.string().nullable(),
          ...given,
          before: before(Read),
        })
        .nullable(),
    }),
  ),
});
export type EvidencePreparation = z.infer<typeof EvidencePreparation>;
