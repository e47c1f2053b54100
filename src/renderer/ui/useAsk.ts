import { useCallback, useEffect, useRef, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import { type Trouble, troubleOf, useConnection } from '../app/client.ts';
import { refresh, useSession } from '../app/sessionStore.ts';

export interface Asked<T> {
  /** The last answer; it stays on screen while the next one is awaited. */
  readonly data: T | null;
  readonly trouble: Trouble | null;
  readonly loading: boolean;
  readonly again: () => void;
}

/**
 * Asks the station, again when `key` changes, and every `everyMs` where given. `ask` may be a new function at each render;
 * only `key` decides. While the session is locked nothing is asked, and the last answer stays. An answer that comes after the question changed is dropped.
 */
export function useAsk<T>(
  key: string,
  ask: (station: StationClient) => Promise<T>,
  everyMs: number | null = null,
): Asked<T> {
  const { station, quietly } = useConnection();
  const locked = useSession((state) => state.session?.locked === true);
  const latest = useRef(ask);
  latest.current = ask;
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ key: string; data: T | null; trouble: Trouble | null; loading: boolean }>({
    key,
    data: null,
    trouble: null,
    loading: true,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` and `round` say when to ask, `latest` holds what
  useEffect(() => {
    if (locked) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (client: StationClient) => {
      try {
        const data = await latest.current(client);
        if (!stopped) setState({ key, data, trouble: null, loading: false });
      } catch (error) {
        const trouble = troubleOf(error);
        if (isSessionOver(trouble)) {
          // Not this question's trouble: the lock or the sign-in shows itself, and what is on screen stays under it.
          await refresh(quietly);
        } else if (!stopped) {
          setState((before) => ({
            key,
            data: before.key === key ? before.data : null,
            trouble,
            loading: false,
          }));
        }
      }
      if (!stopped && everyMs !== null) timer = setTimeout(() => void turn(quietly), everyMs);
    };
    void turn(station);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [key, round, station, quietly, everyMs, locked]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  const fresh = state.key === key;
  return {
    data: fresh ? state.data : null,
    trouble: fresh ? state.trouble : null,
    loading: !fresh || state.loading,
    again,
  };
}

/** Whether a refusal says that the session is locked or gone, rather than something of the call. */
export function isSessionOver({ code }: Trouble): boolean {
  return code === 'SESSION_LOCKED' || code === 'SESSION_MISSING';
}
