import type { Clock } from '../platform/clock.ts';
import type { Alarms } from './alarms.ts';
import { ClockWatch } from './clockWatch.ts';
import { DiskWatch } from './diskWatch.ts';
import type { JournalEntry } from './result.ts';
import type { SleepInhibitor } from './sleepInhibitor.ts';

export interface GuardPorts {
  readonly clock: Clock;
  readonly inhibitor: SleepInhibitor;
  readonly alarms: Alarms;
  readonly note: (action: JournalEntry['action'], details: JournalEntry['details']) => void;
}

const SLEEP = 'SLEEP_NOT_BLOCKED';

/** What could harm a recording from outside its sources: a machine that falls asleep, a clock that is set, disks that fill. */
export class RoomGuards {
  readonly #ports: GuardPorts;
  readonly #clockWatch: ClockWatch;
  #diskWatch = new DiskWatch();
  #blocked = false;
  #wanted = false;

  constructor(ports: GuardPorts) {
    this.#ports = ports;
    this.#clockWatch = new ClockWatch(ports.clock);
  }

  get sleepBlocked(): boolean {
    return this.#blocked;
  }

  /** A recording begins: sleep is blocked, and the disks are looked at afresh. */
  async begin(): Promise<void> {
    this.#wanted = true;
    this.#diskWatch = new DiskWatch();
    this.#blocked = await this.#ports.inhibitor.block(() => this.#lost());
    if (!this.#blocked) this.#lost();
  }

  /** The recording is over: the machine may sleep again. */
  end(): void {
    this.#wanted = false;
    this.#blocked = false;
    this.#ports.inhibitor.release();
    this.#ports.alarms.end(SLEEP);
  }

  /** True when the wall clock was set since the last look. */
  lookAtClock(): boolean {
    const jumpMs = this.#clockWatch.look();
    if (jumpMs === null) return false;
    this.#ports.alarms.raise('CLOCK_JUMPED', { jumpMs });
    this.#ports.note('clock.jumped', { jump_ms: jumpMs });
    return true;
  }

  /** `remainingMs` = how long the disks still last. */
  lookAtDisks(remainingMs: number | null): void {
    const minutes = this.#diskWatch.look(remainingMs);
    if (minutes === null) return;
    this.#ports.alarms.raise(minutes === 15 ? 'DISK_ALMOST_FULL' : 'DISK_LOW', { minutes });
    this.#ports.note('disk.low', { minutes });
  }

  #lost(): void {
    this.#blocked = false;
    if (!this.#wanted) return;
    if (this.#ports.alarms.begin(SLEEP, 'SLEEP_NOT_BLOCKED', {})) this.#ports.note('sleep.not-blocked', {});
  }
}
