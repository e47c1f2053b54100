import { useEffect, useRef } from 'react';
import { useSettings } from '../app/settings.ts';

const typing = 'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]';

/**
 * One physical key (`event.code`: `KeyM`, `Space`), so that it works on a Cyrillic layout. Silent while a person types,
 * while a dialog is open, with a modifier held, and where shortcuts are switched off.
 */
export function useShortcut(code: string, act: () => void, enabled = true): void {
  const on = useSettings((settings) => settings.shortcuts);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!on || !enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.code !== code || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest(typing) !== null) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [code, on, enabled]);
}
