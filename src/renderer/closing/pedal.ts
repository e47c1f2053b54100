import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** What a foot pedal or a key does while somebody types. */
export const pedalActs = ['toggle', 'back', 'on', 'time'] as const;
export type PedalAct = (typeof pedalActs)[number];
export type PedalKeys = Readonly<Record<PedalAct, string>>;

/** As most pedals send them; Ctrl and Space plays and pauses as well, whatever is chosen. */
const usual: PedalKeys = { toggle: 'F4', back: 'F7', on: 'F8', time: 'F9' };
const KEY = 'birret.pedal';

/** Keys that write letters, move the caret or leave the field cannot be a pedal's. */
export const mayBePedal = (key: string): boolean => /^(F\d{1,2}|Media\w+|Pause|ScrollLock|Insert)$/.test(key);

function remembered(): PedalKeys {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return usual;
    const found = Object.entries(kept).filter(
      (one): one is [PedalAct, string] =>
        pedalActs.some((act) => act === one[0]) && typeof one[1] === 'string' && mayBePedal(one[1]),
    );
    return { ...usual, ...Object.fromEntries(found) };
  } catch {
    // A profile without storage: the usual keys.
    return usual;
  }
}

export const usePedalKeys = create<PedalKeys>(() => remembered());

/** Gives an act another key; an act that had it takes the one that is free now. */
export function choosePedal(act: PedalAct, key: string): void {
  const before = usePedalKeys.getState();
  const other = pedalActs.find((one) => before[one] === key && one !== act);
  usePedalKeys.setState({ [act]: key, ...(other === undefined ? {} : { [other]: before[act] }) });
  try {
    localStorage.setItem(KEY, JSON.stringify(usePedalKeys.getState()));
  } catch {
    // Not remembered; it holds until the window closes.
  }
}

/** Listens to the pedal's keys, in text fields too: that is what they are for. */
export function usePedal(acts: Readonly<Record<PedalAct, () => void>>): void {
  const keys = usePedalKeys();
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.altKey || event.metaKey || document.querySelector('[role="dialog"]') !== null) return;
      const plain = !event.ctrlKey && !event.shiftKey;
      const act = pedalActs.find((one) => plain && keys[one] === event.key);
      const toggles = event.ctrlKey && event.code === 'Space';
      if (act === undefined && !toggles) return;
      event.preventDefault();
      if (!event.repeat || act === 'back' || act === 'on') latest.current[act ?? 'toggle']();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [keys]);
}
