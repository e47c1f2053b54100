import { useEffect } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import { setSession } from './sessionStore.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Locks the session when nobody touched this screen for `seconds`. The station counts by itself as well; this makes
 * the lock fall at the screen even while it keeps asking for a running recording.
 */
export function useIdleLock(station: StationClient, seconds: number, on: boolean): void {
  useEffect(() => {
    if (!on || seconds <= 0) return;
    let last = performance.now();
    const touched = () => {
      last = performance.now();
    };
    const check = () => {
      if (performance.now() - last < seconds * 1000) return;
      last = performance.now();
      // Where the station does not answer, the next poll of the session says so on screen.
      station.session.lock().then(setSession, () => undefined);
    };
    const timer = setInterval(check, 1000);
    for (const sign of signs) window.addEventListener(sign, touched, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touched);
    };
  }, [station, seconds, on]);
}
