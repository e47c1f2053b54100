import type { LanguageId } from '../../shared/i18n/index.ts';
import { type DateStyle, dateWriter } from './dates.ts';

/** Times, lengths and numbers as a reader of this language writes them. Pure: no clock of its own. */
export interface Format {
  /** `21 November 2026`. */
  readonly date: (at: string | Date) => string;
  /** `Saturday, 21 November 2026`. */
  readonly longDate: (at: string | Date) => string;
  /** `10:14`. */
  readonly time: (at: string | Date) => string;
  /** `21 Nov 2026, 10:14`. */
  readonly dateTime: (at: string | Date) => string;
  /** `21 Nov 2026, 10:14:07`. */
  readonly exact: (at: string | Date) => string;
  /** `1 h 02 min`, in words of the language, from milliseconds. */
  readonly duration: (ms: number) => string;
  /** `01:02:10`, a clock that runs, from milliseconds. */
  readonly clock: (ms: number) => string;
  readonly number: (value: number) => string;
  /** 0 to 1. */
  readonly percent: (value: number) => string;
  /** `412 GB`, decimal units. */
  readonly bytes: (value: number) => string;
}

/** Kazakh writes figures as Russian does, and Chromium knows only the latter. */
const locales: Readonly<Record<LanguageId, string>> = { kk: 'ru-RU', ru: 'ru-RU', en: 'en-GB' };

const units: Readonly<Record<LanguageId, { readonly h: string; readonly min: string; readonly s: string }>> = {
  kk: { h: 'сағ', min: 'мин', s: 'с' },
  ru: { h: 'ч', min: 'мин', s: 'с' },
  en: { h: 'h', min: 'min', s: 's' },
};

const sizes: Readonly<Record<LanguageId, readonly string[]>> = {
  kk: ['Б', 'кБ', 'МБ', 'ГБ', 'ТБ'],
  ru: ['Б', 'кБ', 'МБ', 'ГБ', 'ТБ'],
  en: ['B', 'kB', 'MB', 'GB', 'TB'],
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function clock(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  return `${two(Math.floor(all / 3600))}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
}

/** The formats of a language; `timeZone` for tests, else the machine's own. */
export function formatOf(language: LanguageId, timeZone?: string): Format {
  const locale = locales[language];
  const maker = (style: DateStyle) => {
    const write = dateWriter(language, style, timeZone);
    return (at: string | Date) => write(typeof at === 'string' ? new Date(at) : at);
  };
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const unit = units[language];
  return {
    date: maker('date'),
    longDate: maker('longDate'),
    time: maker('time'),
    dateTime: maker('dateTime'),
    exact: maker('exact'),
    duration: (ms) => {
      const all = Math.max(0, Math.round(ms / 1000));
      if (all < 60) return `${all} ${unit.s}`;
      const minutes = Math.round(all / 60);
      if (minutes < 60) return `${minutes} ${unit.min}`;
      return `${Math.floor(minutes / 60)} ${unit.h} ${two(minutes % 60)} ${unit.min}`;
    },
    clock,
    number: (value) => numbers.format(value),
    percent: (value) => percents.format(value),
    bytes: (value) => {
      const step = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
      const shown = value / 1000 ** step;
      const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: shown < 10 && step > 0 ? 1 : 0 });
      return `${figure.format(shown)} ${sizes[language][step] ?? ''}`;
    },
  };
}
