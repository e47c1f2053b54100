import { useMemo } from 'react';
import { useSettings } from '../app/settings.ts';
import { type Format, formatOf } from './format.ts';

/** The formats of the screen's language; they change with it at once. */
export function useFormat(): Format {
  const language = useSettings((settings) => settings.language);
  return useMemo(() => formatOf(language), [language]);
}
