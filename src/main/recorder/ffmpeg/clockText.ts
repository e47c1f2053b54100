import type { RoomSettings, SourceConfig } from '../../../shared/domain/devices.ts';
import { drawn, findClockFont, pixelFigure } from '../../rooms/devices/index.ts';

/** What the clock in the picture is written with, and where. */
export interface ClockTextOptions {
  /** Path of a font with even figures, or null to draw the figures in boxes. */
  readonly font: string | null;
  /** The moment at which ffmpeg is started, in milliseconds since 1970. */
  readonly nowMs: number;
  /** The station's distance from UTC at that moment, in minutes east. */
  readonly offsetMinutes: number;
  readonly platform?: NodeJS.Platform;
}

/**
 * The filters that write the station's local date and time, to the second and with its distance from UTC, into the lower
 * left corner of a picture: light figures on a dark plate, a thirtieth of its height. The clock is read as each picture is
 * drawn, which is at most a fraction of a second after it was taken; when exactly a track was recorded stands in the
 * record. For pictures that are encoded here: nothing can be drawn into a stream that is copied.
 */
export function clockText(options: ClockTextOptions): string {
  return options.font === null ? drawnClock(options) : writtenClock(options.font, options);
}

/**
 * What is drawn on this source's pictures: the clock on the room view of a room that wants it, else null. `now` is read at
 * each start of ffmpeg, as the zone may have changed since.
 */
export function clockOf(
  source: SourceConfig,
  start: { readonly settings: RoomSettings; readonly ffmpeg: { readonly drawsText?: boolean | undefined } },
  now: Date,
): string | null {
  if (source.place !== 'room' || !start.settings.burnedClock) return null;
  const font = start.ffmpeg.drawsText === false ? null : findClockFont();
  return clockText({ font, nowMs: now.getTime(), offsetMinutes: -now.getTimezoneOffset() });
}

function writtenClock(font: string, { offsetMinutes, platform = process.platform }: ClockTextOptions): string {
  // Within a graph a colon ends an option, also in `C:/Windows`: it is escaped once for the option, once for the graph.
  const path = font.replaceAll('\\', '/').replaceAll(':', '\\\\:').replaceAll("'", "\\\\\\'");
  // `%z` follows a change to summer time by itself; on Windows it is the zone's name, in words of that system.
  const zone = platform === 'win32' ? distance(offsetMinutes).replace(':', '') : '%z';
  const now = `%{localtime\\:%Y-%m-%d %H\\\\\\:%M\\\\\\:%S UTC${zone}}`;
  return (
    `drawtext=fontfile=${path}:text='${now}':x=24:y=h-th-24:fontsize=h/32:fontcolor=white:` +
    'box=1:boxcolor=0x20282c@0.55:boxborderw=8'
  );
}

const DAY = 86_400;
const SIZE = 3;
const TOP = 'ih-47';

/**
 * The same in figures of seven segments, read from the wall clock by the filters themselves (`time(0)`): the time counts;
 * the date is today's up to midnight and tomorrow's from then on. A picture on the very edge of a second may show
 * figures of both.
 */
function drawnClock({ nowMs, offsetMinutes }: ClockTextOptions): string {
  const offset = offsetMinutes * 60;
  const local = Math.floor(nowMs / 1000) + offset;
  const midnight = (Math.floor(local / DAY) + 1) * DAY - offset;
  const boxes: string[] = [];
  let left = 24;
  const figure = (expression: string) => {
    boxes.push(...pixelFigure(expression, left, TOP, SIZE));
    left += 4 * SIZE;
  };
  const bar = (w: number, dx: number, dy: number, h = SIZE) =>
    boxes.push(drawn(left + dx, `${TOP}+${dy}`, w, h, 'white'));
  const dash = () => {
    bar(2 * SIZE, 0, 2 * SIZE);
    left += 3 * SIZE;
  };
  const dots = () => {
    bar(SIZE, 0, SIZE);
    bar(SIZE, 0, 3 * SIZE);
    left += 2 * SIZE;
  };
  const [today, tomorrow] = [dateFigures(local), dateFigures(local + DAY)];
  today.forEach((before, i) => {
    if (i === 4 || i === 6) dash();
    figure(before === tomorrow[i] ? before : `if(lt(time(0),${midnight}),${before},${tomorrow[i]})`);
  });
  left += 3 * SIZE;
  const day = `mod(floor(time(0))+${offset},${DAY})`;
  const two = (value: string) => [`floor(${value}/10)`, `mod(${value},10)`];
  const time = [`floor(${day}/3600)`, `mod(floor(${day}/60),60)`, `mod(${day},60)`];
  time.forEach((value, i) => {
    if (i > 0) dots();
    for (const one of two(value)) figure(one);
  });
  left += 3 * SIZE;
  bar(3 * SIZE, 0, 2 * SIZE);
  if (offsetMinutes >= 0) bar(SIZE, SIZE, SIZE, 3 * SIZE);
  left += 4 * SIZE;
  [...distance(offsetMinutes)].slice(1).forEach((one) => {
    if (one === ':') dots();
    else figure(one);
  });
  return [drawn(16, `${TOP}-8`, left - 16 + 5, 5 * SIZE + 16, '0x20282c@0.55'), ...boxes].join(',');
}

/** The eight figures of the date of `local` seconds. */
function dateFigures(local: number): string[] {
  return [...new Date(local * 1000).toISOString().slice(0, 10).replaceAll('-', '')];
}

/** `+05:00` */
function distance(minutes: number): string {
  const whole = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}
