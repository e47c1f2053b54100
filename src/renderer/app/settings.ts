import { create } from 'zustand';
import { type LanguageId, languages } from '../../shared/i18n/index.ts';

export type ThemeId = 'light' | 'dark';

/** What this screen remembers by itself. Nothing of the court's work is ever kept in the browser. */
export interface Settings {
  readonly language: LanguageId;
  readonly theme: ThemeId;
  /** Keyboard shortcuts can be switched off, for people whose speech or switch input types letters (WCAG 2.1.4). */
  readonly shortcuts: boolean;
}

const key = 'birret.settings';

function isLanguage(value: unknown): value is LanguageId {
  return languages.some(({ id }) => id === value);
}

/** The settings of last time; where there are none, the browser's language if it is ours, else Kazakh. */
function remembered(): Settings {
  const spoken = navigator.language.slice(0, 2);
  const fresh: Settings = { language: isLanguage(spoken) ? spoken : 'kk', theme: 'light', shortcuts: true };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return fresh;
    return {
      language: 'language' in kept && isLanguage(kept.language) ? kept.language : fresh.language,
      theme: 'theme' in kept && kept.theme === 'dark' ? 'dark' : 'light',
      shortcuts: !('shortcuts' in kept && kept.shortcuts === false),
    };
  } catch {
    // A profile without storage, or with something else in it: the screen works the same, it only forgets.
    return fresh;
  }
}

export const useSettings = create<Settings>(() => remembered());

/** Changes settings at once and remembers them where the browser can. */
export function change(part: Partial<Settings>): void {
  useSettings.setState(part);
  try {
    localStorage.setItem(key, JSON.stringify(useSettings.getState()));
  } catch {
    // Not remembered; the change holds until the window closes.
  }
}
