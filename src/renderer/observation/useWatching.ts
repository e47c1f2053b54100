import { useEffect, useState } from 'react';
import type { ObserverView } from '../../shared/contract/observers.ts';
import { troubleOf, useConnection } from '../app/client.ts';

const EVERY_MS = 1000;
/** So many questions without an answer, and the screen says that the station is away. */
const MISSED = 3;

export interface Watching {
  /** The last answer; it stays while the station is away. */
  readonly view: ObserverView | null;
  readonly away: boolean;
  /** The station said no: this screen is not admitted any more. Nothing of what it showed stays. */
  readonly ended: boolean;
}

const nothing: Watching = { view: null, away: false, ended: false };

/** Asks once a second what may be shown. */
export function useWatching(interview: string | null): Watching {
  const { quietly } = useConnection();
  const [watching, setWatching] = useState<Watching>(nothing);
  useEffect(() => {
    if (interview === null) return;
    let here = true;
    let missed = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const view = await quietly.observers.watch({ interview });
        missed = 0;
        if (here) setWatching({ ...nothing, view });
      } catch (error) {
        missed += 1;
        if (here && troubleOf(error).code !== 'UNREACHABLE') setWatching({ ...nothing, ended: true });
        else if (here && missed >= MISSED) setWatching((before) => ({ ...before, away: true }));
      }
      if (here) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [quietly, interview]);
  return watching;
}
