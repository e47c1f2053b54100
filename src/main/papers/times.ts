import type { Language } from '../../shared/contract/common.ts';

const months: Readonly<Record<Language, readonly string[]>> = {
  kk: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A moment as a paper says it: the day and time of a place, how far that is from UTC, and the same in UTC figures. */
export interface Moment {
  /** `21 November 2026, 15:14:00`. */
  readonly local: string;
  /** `21 November 2026`. */
  readonly day: string;
  /** `+05:00`. */
  readonly offset: string;
  /** `2026-11-21 10:14:00`. */
  readonly utc: string;
}

/**
 * Says an instant (RFC 3339) in a language and time zone (IANA). The words are our own: those of the runtime change with its
 * version, and the same certificate is to be the same bytes.
 */
export function momentOf(instant: string, language: Language, timeZone: string): Moment {
  const at = new Date(instant);
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const day = dayOf(language, part('year'), months[language][Number(part('month')) - 1] ?? '', part('day'));
  const offset = part('timeZoneName').replace('GMT', '');
  return {
    day,
    local: `${day}, ${part('hour')}:${part('minute')}:${part('second')}`,
    offset: offset === '' ? '+00:00' : offset,
    utc: at.toISOString().slice(0, 19).replace('T', ' '),
  };
}

function dayOf(language: Language, year: string, month: string, day: string): string {
  switch (language) {
    case 'kk':
      return `${year} жылғы ${Number(day)} ${month}`;
    case 'ru':
      return `${Number(day)} ${month} ${year} г.`;
    case 'en':
      return `${Number(day)} ${month} ${year}`;
  }
}

/** Hours, minutes and whole seconds of a length in milliseconds. */
export function lengthOf(ms: number): { readonly hours: number; readonly minutes: number; readonly seconds: number } {
  const all = Math.max(0, Math.round(ms / 1000));
  return { hours: Math.floor(all / 3600), minutes: Math.floor(all / 60) % 60, seconds: all % 60 };
}

/** `01:02:10`. */
export function clockOf(ms: number): string {
  const { hours, minutes, seconds } = lengthOf(ms);
  return [hours, minutes, seconds].map((value) => String(value).padStart(2, '0')).join(':');
}

/** `1 234 567`, with spaces that do not break. */
export function figure(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, '\u00a0');
}
