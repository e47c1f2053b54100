import { useEffect, useRef } from 'react';
import { useSettings } from '../../app/settings.ts';

const typing = 'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]';
const pressing = 'button, a, summary, [role="tab"], [role="menuitem"], [role="radio"]';

/**
 * Keys of the player by place on the keyboard (`event.code`). Unlike single letters, Space and the arrows have a meaning
 * of their own on a focused button or tab: there they keep it.
 */
export function usePlayerKeys(acts: Readonly<Record<string, () => void>>): void {
  const on = useSettings((settings) => settings.shortcuts);
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const act = latest.current[event.code];
      if (act === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      const letter = event.code.startsWith('Key');
      if (letter && (!on || event.repeat)) return;
      const { target } = event;
      if (target instanceof Element && target.closest(typing) !== null) return;
      if (!letter && target instanceof Element && target.closest(pressing) !== null) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [on]);
}
