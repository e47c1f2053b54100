import type { Alarm, AlarmCode, RecorderState } from '../../shared/domain/liveState.ts';

/** From what threatens the recording to what is good news; a screen shows them in this order. */
const ORDER: readonly AlarmCode[] = [
  'TARGET_LOST',
  'NOT_GROWING',
  'SOURCE_LOST',
  'DISKS_TOO_SLOW',
  'DISK_ALMOST_FULL',
  'SOUND_SILENT',
  'PICTURE_BLACK',
  'PICTURE_FROZEN',
  'SOUND_CLIPPING',
  'SOUND_HUM',
  'DISK_SLOW',
  'DISK_LOW',
  'CLOCK_JUMPED',
  'SLEEP_NOT_BLOCKED',
  'SOURCE_BACK',
];
/** What threatens the recording, or a track of it, at this moment. */
const GRAVE: ReadonlySet<AlarmCode> = new Set<AlarmCode>([
  'TARGET_LOST',
  'NOT_GROWING',
  'SOURCE_LOST',
  'DISKS_TOO_SLOW',
  'DISK_ALMOST_FULL',
]);
/** How long that something happened is news. */
const NEWS_MS = 60_000;
const MINUTE_MS = 60_000;

/** How an alarm is shown: in a warning's colour, in a loss's, or as good news. */
export function toneOf({ code }: Pick<Alarm, 'code'>): 'lost' | 'warn' | 'good' {
  if (code === 'SOURCE_BACK') return 'good';
  return GRAVE.has(code) ? 'lost' : 'warn';
}

export interface OrderedAlarms {
  /** What is wrong now, or has just happened: the gravest first, of the same kind the newest. */
  readonly now: readonly Alarm[];
  /** What is over, newest first. */
  readonly earlier: readonly Alarm[];
}

/** Tells what is from what was. `nowMs` = the wall clock, ms since 1970. */
export function orderAlarms(recorder: Pick<RecorderState, 'alarms' | 'remainingMs'>, nowMs: number): OrderedAlarms {
  const newest = recorder.alarms.toReversed();
  const now: Alarm[] = [];
  const earlier: Alarm[] = [];
  for (const alarm of newest) {
    // That a source came back is said while it is news; later its loss tells both times.
    const told = now.some((other) => aboutOf(other) === aboutOf(alarm));
    if (!told && isNow(alarm, recorder, nowMs)) now.push(alarm);
    else if (alarm.code !== 'SOURCE_BACK') earlier.push(alarm);
  }
  // The sort is stable: within a kind the newest stays first.
  return { now: now.toSorted((one, other) => ORDER.indexOf(one.code) - ORDER.indexOf(other.code)), earlier };
}

/** What an alarm speaks of: the presence of one source, the room on the disks, … */
function aboutOf({ code, params }: Alarm): string {
  const kind = code === 'SOURCE_BACK' ? 'SOURCE_LOST' : code === 'DISK_ALMOST_FULL' ? 'DISK_LOW' : code;
  return `${kind} ${String(params['source'] ?? params['target'] ?? '')}`;
}

function isNow(alarm: Alarm, { remainingMs }: Pick<RecorderState, 'remainingMs'>, nowMs: number): boolean {
  switch (alarm.code) {
    // A mark that was passed holds until there is room again.
    case 'DISK_LOW':
      return remainingMs === null || remainingMs < 60 * MINUTE_MS;
    case 'DISK_ALMOST_FULL':
      return remainingMs === null || remainingMs < 15 * MINUTE_MS;
    case 'SOURCE_BACK':
    case 'DISKS_TOO_SLOW':
    case 'CLOCK_JUMPED':
      return Math.abs(nowMs - Date.parse(alarm.at)) < NEWS_MS;
    case 'SOURCE_LOST':
    case 'TARGET_LOST':
    case 'DISK_SLOW':
    case 'PICTURE_BLACK':
    case 'PICTURE_FROZEN':
    case 'SOUND_SILENT':
    case 'SOUND_CLIPPING':
    case 'SOUND_HUM':
    case 'NOT_GROWING':
    case 'SLEEP_NOT_BLOCKED':
      return alarm.ended === null;
  }
}
