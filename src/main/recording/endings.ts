import type { z } from 'zod';
import type { SealCard, StopResult } from '../../shared/contract/recording.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { RecordingResult } from '../recorder/index.ts';
import type { ExhibitRows } from './exhibitRows.ts';
import { keepEvents } from './keepEvents.ts';
import type { Actor, RecordingNeeds, Signer } from './needs.ts';
import { sealCard } from './sealCard.ts';
import { type SealRequest, sealExhibit } from './sealExhibit.ts';

/** Gives the officer's signer, or refuses (CERTIFICATE_MISSING, SESSION_LOCKED). */
export type OfficerSigner = () => Promise<Signer>;

/** From the recorder's result to the seal: what was recorded is taken over first, and sealed when the keys are there. */
export class Endings {
  readonly #needs: RecordingNeeds;
  readonly #rows: ExhibitRows;

  constructor(needs: RecordingNeeds, rows: ExhibitRows) {
    this.#needs = needs;
    this.#rows = rows;
  }

  /** Takes what the recorder gave at the end into the database, with `recording.ended` and its journal. */
  keepResult(exhibit: string, interview: string, result: RecordingResult, actor: Actor): void {
    const { db, interviews, custody } = this.#needs;
    db.transaction(() => {
      keepEvents(this.#needs, { exhibit, interview }, result.events);
      interviews.act(interview, 'stop');
      this.#rows.ended(exhibit, result, actor.id);
      custody.append({
        action: 'recording.ended',
        actor,
        subject: { type: 'exhibit', id: exhibit },
        details: {
          ended_at: result.endedAt,
          duration_ms: result.durationMs,
          parts: result.tracks.flatMap(({ track }) =>
            track.parts.map(({ file, bytes, sha256, merkle_root }) => ({ file, bytes, sha256, merkle_root })),
          ),
        },
      });
    })();
  }

  /**
   * Seals what was kept, or says what the seal waits for. `stoppedNs` = when the stop was pressed, null for a seal that
   * comes later.
   * @throws Refusal RECORDING_NOTHING_KEPT
   */
  async seal(
    exhibit: string,
    interview: string,
    actor: Actor,
    officer: OfficerSigner,
    stoppedNs: bigint | null,
  ): Promise<z.infer<typeof StopResult>> {
    const row = this.#rows.get(exhibit);
    const { result } = row;
    if (result === null) throw new Refusal('RECORDING_NOTHING_KEPT');
    try {
      await this.sealKept({ row, result, officer: await officer(), actor, stoppedNs }, interview);
    } catch (error) {
      const waitsFor = waits(error);
      if (waitsFor === null) throw error;
      return { state: 'ended', waitsFor };
    }
    return { state: 'sealed', card: this.card(interview) };
  }

  /** Seals what was recorded or recovered, with its checklist. @throws Refusal STATION_KEYS_LOCKED, CERTIFICATE_MISSING */
  async sealKept(what: SealRequest, interview: string): Promise<void> {
    await this.#keepPreparation(interview, what.result, what.actor);
    await sealExhibit(this.#needs, this.#rows, what);
  }

  /**
   * The checklist goes into the exhibit before the seal. It may wait for keys as the seal does; anything else that stands in
   * its way is said on the timeline, which the seal signs, and does not keep a recording from being sealed.
   */
  async #keepPreparation(interview: string, { durationMs }: RecordingResult, actor: Actor): Promise<void> {
    const { preparation, interviews, db, log } = this.#needs;
    try {
      await preparation.keep(interview, actor);
    } catch (error) {
      if (waits(error) !== null) throw error;
      log.error({ err: error }, 'the checklist was not kept');
      const told = interviews.timeline(interview).some(({ label }) => label === NOT_KEPT);
      if (told) return;
      const reason = isRefusal(error) ? error.code : 'INTERNAL';
      db.transaction(() =>
        interviews.addEntry(interview, { at_ms: durationMs, type: 'note', label: NOT_KEPT, reason }),
      )();
    }
  }

  /** The seal card of a sealed interview. @throws Refusal INTERVIEW_WRONG_STATE */
  card(interview: string): SealCard {
    const plan = this.#needs.interviews.get(interview);
    if (plan.state !== 'sealed') throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'card' });
    return sealCard(this.#rows.get(plan.exhibit));
  }
}

/** The label of the note that stands in place of the checklist where it could not be kept. */
const NOT_KEPT = 'preparation-not-kept';

function waits(error: unknown): 'station-keys' | 'certificate' | 'unlock' | null {
  if (isRefusal(error, 'STATION_KEYS_LOCKED')) return 'station-keys';
  if (isRefusal(error, 'CERTIFICATE_MISSING')) return 'certificate';
  if (isRefusal(error, 'SESSION_LOCKED') || isRefusal(error, 'SESSION_MISSING')) return 'unlock';
  return null;
}
