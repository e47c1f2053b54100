import type { LanguageId } from '../../shared/i18n/index.ts';

/** The ways in which a date or time is written. */
export type DateStyle = 'date' | 'longDate' | 'time' | 'dateTime' | 'exact';

const styles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  longDate: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dateTime: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  exact: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
};

const months = [
  ['қаңтар', 'қаң.'],
  ['ақпан', 'ақп.'],
  ['наурыз', 'нау.'],
  ['сәуір', 'сәу.'],
  ['мамыр', 'мам.'],
  ['маусым', 'мау.'],
  ['шілде', 'шіл.'],
  ['тамыз', 'там.'],
  ['қыркүйек', 'қыр.'],
  ['қазан', 'қаз.'],
  ['қараша', 'қар.'],
  ['желтоқсан', 'жел.'],
] as const;

const weekdays: Readonly<Record<string, string>> = {
  Mon: 'дүйсенбі',
  Tue: 'сейсенбі',
  Wed: 'сәрсенбі',
  Thu: 'бейсенбі',
  Fri: 'жұма',
  Sat: 'сенбі',
  Sun: 'жексенбі',
};

/**
 * Writes instants in a style of a language. Chromium ships no Kazakh calendar words (it writes "2026 M11 21, Sat"), so
 * those are our own; the order is that of Kazakh documents: year, day, month.
 */
export function dateWriter(language: LanguageId, style: DateStyle, timeZone?: string): (at: Date) => string {
  const zone = timeZone === undefined ? {} : { timeZone };
  if (language !== 'kk') {
    const format = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { ...styles[style], ...zone });
    return (at) => format.format(at);
  }
  const fields = new Intl.DateTimeFormat('en-GB', {
    ...styles.exact,
    month: 'numeric',
    weekday: 'short',
    ...zone,
  });
  return (at) => kazakh(style, new Map(fields.formatToParts(at).map(({ type, value }) => [type, value])));
}

function kazakh(style: DateStyle, parts: ReadonlyMap<string, string>): string {
  const part = (name: string) => parts.get(name) ?? '';
  const [long, short] = months[Number(part('month')) - 1] ?? ['', ''];
  const time = `${part('hour')}:${part('minute')}`;
  const head = `${part('year')} ж. ${part('day')}`;
  switch (style) {
    case 'date':
      return `${head} ${long}`;
    case 'longDate':
      return `${head} ${long}, ${weekdays[part('weekday')] ?? ''}`;
    case 'time':
      return time;
    case 'dateTime':
      return `${head} ${short}, ${time}`;
    case 'exact':
      return `${head} ${short}, ${time}:${part('second')}`;
  }
}
