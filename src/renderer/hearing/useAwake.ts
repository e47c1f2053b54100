import { useEffect } from 'react';
import { useStation } from '../app/client.ts';

const EVERY_MS = 60_000;

/** A judge who watches a recording touches nothing for an hour and is there all the same: playing keeps the session awake. */
export function useAwake(hearing: string, playing: boolean): void {
  const station = useStation();
  useEffect(() => {
    if (!playing) return;
    const stay = () => {
      // For this window's own count, and for the station's: a question of the person's counts, the player's reports do not.
      window.dispatchEvent(new Event('pointermove'));
      station.hearings.get({ hearing }).catch(() => undefined);
    };
    const timer = setInterval(stay, EVERY_MS);
    return () => clearInterval(timer);
  }, [station, hearing, playing]);
}
