import { useCallback, useState } from 'react';
import { type Trouble, troubleOf, useConnection } from '../app/client.ts';
import { refresh } from '../app/sessionStore.ts';
import { isSessionOver } from './useAsk.ts';

export interface Act<A extends readonly unknown[]> {
  /** Does it; true when it was done, false when it was refused, which then stands in `trouble`. */
  readonly run: (...args: A) => Promise<boolean>;
  readonly busy: boolean;
  readonly trouble: Trouble | null;
  readonly clear: () => void;
}

/** One act of a person: busy while it runs, refused with a sentence, never twice at once. */
export function useAct<A extends readonly unknown[]>(act: (...args: A) => Promise<unknown>): Act<A> {
  const { quietly } = useConnection();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = async (...args: A): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setTrouble(null);
    try {
      await act(...args);
      return true;
    } catch (error) {
      const found = troubleOf(error);
      setTrouble(found);
      if (isSessionOver(found)) void refresh(quietly);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const clear = useCallback(() => setTrouble(null), []);
  return { run, busy, trouble, clear };
}
