import { useCallback, useEffect, useRef, useState } from 'react';
import { type Trouble, troubleOf, useConnection } from '../app/client.ts';
import { refresh } from '../app/sessionStore.ts';
import { isSessionOver } from '../ui/useAsk.ts';

interface Saved {
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
}

export interface DraftState<T> {
  readonly value: T;
  readonly change: (next: T) => void;
  readonly saved: Saved | null;
  /** Something stands on the screen that is not saved yet. */
  readonly dirty: boolean;
  readonly trouble: Trouble | null;
  /** Saves at once what is not saved; gives the version that stands then, null where something could not be saved. */
  readonly flush: () => Promise<number | null>;
}

/** How long after the last letter a draft saves itself. */
const REST_MS = 1500;

/**
 * A text that saves itself a moment after the last change, one save at a time. What was refused stays on the screen and is tried
 * again at the next change; a version of somebody else's is never written over.
 */
export function useDraft<T>(
  first: { readonly value: T; readonly saved: Saved | null },
  save: (base: number, value: T) => Promise<Saved>,
): DraftState<T> {
  const { quietly } = useConnection();
  const [value, setValue] = useState(first.value);
  const [saved, setSaved] = useState(first.saved);
  const [dirty, setDirty] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const now = useRef({ value: first.value, version: first.saved?.version ?? 0, round: 0, kept: 0 });
  const running = useRef<Promise<boolean> | null>(null);
  const latest = useRef(save);
  latest.current = save;

  const flush = useCallback(async (): Promise<number | null> => {
    while (now.current.kept < now.current.round) {
      running.current ??= (async () => {
        const { round, version } = now.current;
        try {
          const done = await latest.current(version, now.current.value);
          now.current = { ...now.current, version: done.version, kept: round };
          setSaved(done);
          setDirty(now.current.round > round);
          setTrouble(null);
          return true;
        } catch (error) {
          const found = troubleOf(error);
          setTrouble(found);
          if (isSessionOver(found)) void refresh(quietly);
          return false;
        } finally {
          running.current = null;
        }
      })();
      if (!(await running.current)) return null;
    }
    return now.current.version;
  }, [quietly]);

  const change = useCallback((next: T) => {
    now.current = { ...now.current, value: next, round: now.current.round + 1 };
    setValue(next);
    setDirty(true);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the wait anew
  useEffect(() => {
    if (!dirty) return;
    const timer = setTimeout(() => void flush(), REST_MS);
    return () => clearTimeout(timer);
  }, [value, dirty, flush]);

  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if (now.current.kept < now.current.round) event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    return () => {
      window.removeEventListener('beforeunload', leaving);
      void flush();
    };
  }, [flush]);

  return { value, change, saved, dirty, trouble, flush };
}
