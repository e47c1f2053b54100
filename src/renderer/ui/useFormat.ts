import { useMemo } from 'react';
import { useSettings } from '../app/settings.ts';
import { type Format, formatOf } from './format.ts';

/** The formats of the screen's language; they change with it at once. Times are this machine's, or those of a zone. */
export function useFormat(timeZone?: string): Format {
  const language = useSettings((settings) => settings.language);
  return useMemo(() => formatOf(language, timeZone), [language, timeZone]);
}
