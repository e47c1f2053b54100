import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import type { SetUpInput, SetUpResult, StationInfo } from '../../shared/contract/station.ts';
import { PRACTICE_STATION } from '../../shared/domain/practice.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { PracticePeople } from './practicePeople.ts';
import type { TargetState, Targets } from './targets.ts';

/** What the station knows of itself once it was set up. */
interface Facts {
  readonly id: string;
  readonly name: string;
  readonly court: string;
  readonly languages: z.infer<typeof StationInfo>['languages'];
}

export interface AdministrationNeeds {
  readonly db: Database;
  readonly version: string;
  readonly custody: () => CustodyLog;
  readonly facts: () => Facts | null;
  readonly setUp: (input: z.infer<typeof SetUpInput>) => Promise<z.infer<typeof SetUpResult>>;
  readonly targets: Targets;
  readonly practicePeople: () => PracticePeople;
}

/** The station's own affairs: the first run, what it is called, where recordings go. */
export class StationAdministration {
  readonly #needs: AdministrationNeeds;

  constructor(needs: AdministrationNeeds) {
    this.#needs = needs;
  }

  info(): z.infer<typeof StationInfo> {
    const facts = this.#needs.facts();
    return {
      configured: facts !== null,
      id: facts?.id ?? null,
      name: facts?.name ?? null,
      court: facts?.court ?? null,
      languages: facts?.languages ?? ['kk', 'ru', 'en'],
      version: this.#needs.version,
      practice: facts?.id === PRACTICE_STATION,
    };
  }

  /** The accounts of a practice station; none elsewhere, whatever stands in the folder. */
  practicePeople(): PracticePeople {
    return this.info().practice ? this.#needs.practicePeople() : [];
  }

  /** The first run. @throws Refusal STATION_ALREADY_SET_UP, PASSWORD_TOO_WEAK, NAME_TAKEN */
  async setUp(input: z.infer<typeof SetUpInput>): Promise<z.infer<typeof SetUpResult>> {
    const result = await this.#needs.setUp(input);
    await this.#needs.targets.prepare();
    return result;
  }

  targetStates(): Promise<TargetState[]> {
    return this.#needs.targets.states();
  }

  /** @throws Refusal TARGET_UNUSABLE; then the old folders stay */
  async setTargets(paths: readonly string[], actor: { id: string; role: string }): Promise<void> {
    const { db, targets, custody } = this.#needs;
    const checked = await targets.check(paths);
    db.transaction(() => {
      targets.store(checked);
      custody().append({
        action: 'station.targets-changed',
        actor,
        subject: { type: 'station', id: this.#needs.facts()?.id ?? '' },
        details: { targets: checked.length },
      });
    })();
  }
}
