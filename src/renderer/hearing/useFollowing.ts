import { useEffect, useState } from 'react';
import type { Presented } from '../../shared/contract/hearings.ts';
import { useStation } from '../app/client.ts';

const EVERY_MS = 250;

export interface Following {
  /** What the judge presents; null before the first answer, and while the station refuses or is away. */
  readonly presented: Presented | null;
  /** When the newest *change* arrived, on this screen's steady clock. */
  readonly arrivedMs: number;
}

/** Asks four times a second what the judge presents. */
export function useFollowing(hearing: string | null): Following {
  const station = useStation();
  const [following, setFollowing] = useState<Following>({ presented: null, arrivedMs: 0 });
  useEffect(() => {
    if (hearing === null) return;
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let missed = 0;
    const ask = async () => {
      try {
        const presented = await station.playback.follow({ hearing });
        missed = 0;
        // The same words again are the same report: its age goes on.
        if (here)
          setFollowing((before) =>
            same(before.presented, presented) ? before : { presented, arrivedMs: performance.now() },
          );
      } catch {
        // One answer that does not come is no reason for a black screen; the silence of two seconds is.
        missed += 1;
        if (here && missed > 8) setFollowing({ presented: null, arrivedMs: performance.now() });
      }
      if (here) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [station, hearing]);
  return following;
}

function same(a: Presented | null, b: Presented): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b);
}
