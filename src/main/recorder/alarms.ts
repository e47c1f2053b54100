import type { Alarm, AlarmCode } from '../../shared/domain/liveState.ts';
import type { Clock } from '../platform/clock.ts';

const KEPT = 50;

/** The warnings of this run, newest last, bounded. */
export class Alarms {
  readonly #clock: Clock;
  readonly #raised: (alarm: Alarm) => void;
  #list: Alarm[] = [];

  constructor(clock: Clock, raised: (alarm: Alarm) => void) {
    this.#clock = clock;
    this.#raised = raised;
  }

  raise(code: AlarmCode, params: Alarm['params']): void {
    const alarm: Alarm = { code, params, at: this.#clock.now().toISOString() };
    this.#list = [...this.#list.slice(-(KEPT - 1)), alarm];
    this.#raised(alarm);
  }

  get list(): readonly Alarm[] {
    return this.#list;
  }

  clear(): void {
    this.#list = [];
  }
}
