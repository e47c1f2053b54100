import type { Alarm, AlarmCode } from '../../shared/domain/liveState.ts';
import type { Clock } from '../platform/clock.ts';

const KEPT = 50;

interface Kept {
  /** What it is about; null for something that happened and is over. */
  readonly key: string | null;
  alarm: Alarm;
}

/**
 * The warnings of this run, oldest first, bounded. One that lasts has a beginning and an end, so that a screen can tell
 * what is now from what was; one that merely happened ends as it begins.
 */
export class Alarms {
  readonly #clock: Clock;
  readonly #told: (alarm: Alarm) => void;
  #list: Kept[] = [];

  constructor(clock: Clock, told: (alarm: Alarm) => void) {
    this.#clock = clock;
    this.#told = told;
  }

  /** Something happened: a clock that was set, a source that came back. */
  raise(code: AlarmCode, params: Alarm['params']): void {
    const at = this.#now();
    this.#add({ key: null, alarm: { code, params, at, ended: at } });
  }

  /** Something is wrong from now on, until `end` with the same key. False when that is known already. */
  begin(key: string, code: AlarmCode, params: Alarm['params']): boolean {
    if (this.isOn(key)) return false;
    this.#add({ key, alarm: { code, params, at: this.#now(), ended: null } });
    return true;
  }

  /** It is over. Null when it was not on. */
  end(key: string): Alarm | null {
    const kept = this.#on(key);
    if (kept === undefined) return null;
    kept.alarm = { ...kept.alarm, ended: this.#now() };
    this.#told(kept.alarm);
    return kept.alarm;
  }

  isOn(key: string): boolean {
    return this.#on(key) !== undefined;
  }

  get list(): readonly Alarm[] {
    return this.#list.map(({ alarm }) => alarm);
  }

  /** Forgets what is over; what is still wrong stays, and is given back. */
  forgetEnded(): readonly Alarm[] {
    this.#list = this.#list.filter(({ alarm }) => alarm.ended === null);
    return this.list;
  }

  #on(key: string): Kept | undefined {
    return this.#list.find((kept) => kept.key === key && kept.alarm.ended === null);
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  /** When there are too many the oldest that is over goes first. */
  #add(kept: Kept): void {
    this.#list.push(kept);
    if (this.#list.length > KEPT) {
      const over = this.#list.findIndex(({ alarm }) => alarm.ended !== null);
      this.#list.splice(Math.max(0, over), 1);
    }
    this.#told(kept.alarm);
  }
}
