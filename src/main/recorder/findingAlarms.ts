import { type Alarm, type AlarmCode, alarmOf, type Finding } from '../../shared/domain/liveState.ts';
import type { Alarms } from './alarms.ts';

/** A disk that is slow for a moment is no alarm yet: what does not grow is told after this much longer. */
const NOT_GROWING_NS = 2_000_000_000n;

/** One source as the room sees it at this moment. */
export interface Watched {
  readonly id: string;
  readonly running: boolean;
  readonly findings: readonly Finding[];
  readonly params: Alarm['params'];
}

/** Whoever writes down that an alarm of a track began or ended. */
export type AlarmNote = (what: 'began' | 'ended', code: AlarmCode, track: string) => void;

/** Turns what is found on the sources, look by look, into alarms with a beginning and an end. */
export class FindingAlarms {
  readonly #alarms: Alarms;
  readonly #note: AlarmNote;
  readonly #sinceNs = new Map<string, bigint>();

  constructor(alarms: Alarms, note: AlarmNote) {
    this.#alarms = alarms;
    this.#note = note;
  }

  look(sources: readonly Watched[], nowNs: bigint): void {
    for (const source of sources) {
      for (const finding of ['no-bytes', 'black', 'frozen', 'silent', 'clipping', 'hum'] as const) {
        const code = alarmOf(finding);
        if (code !== null) this.#settle(source, finding, code, nowNs);
      }
    }
  }

  /** What is wrong at the beginning of a recording belongs to it. */
  noteAgain(sources: readonly Watched[]): void {
    for (const { id, findings } of sources) {
      for (const finding of findings) {
        const code = alarmOf(finding);
        if (code !== null && this.#alarms.isOn(keyOf(id, code))) this.#note('began', code, id);
      }
    }
  }

  #settle({ id, running, findings, params }: Watched, finding: Finding, code: AlarmCode, nowNs: bigint): void {
    const key = keyOf(id, code);
    // Of a source that sends nothing it is told that it is lost; that nothing of it grows follows from that.
    if (!running || !findings.includes(finding)) {
      this.#sinceNs.delete(key);
      if (this.#alarms.end(key) !== null) this.#note('ended', code, id);
      return;
    }
    const since = this.#sinceNs.get(key) ?? nowNs;
    this.#sinceNs.set(key, since);
    if (finding === 'no-bytes' && nowNs - since < NOT_GROWING_NS) return;
    if (this.#alarms.begin(key, code, params)) this.#note('began', code, id);
  }
}

const keyOf = (id: string, code: AlarmCode): string => `${code} ${id}`;
