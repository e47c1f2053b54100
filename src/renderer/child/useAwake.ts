import { useEffect } from 'react';

/** Keeps the tablet from going dark by itself, where the browser can; asked for again whenever the page is seen again. */
export function useAwake(): void {
  useEffect(() => {
    let here = true;
    let lock: WakeLockSentinel | null = null;
    const ask = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (!here) await lock.release();
      } catch {
        // Low battery, or a browser that does not want to: the tablet dims as it is set to.
      }
    };
    const seen = () => void ask();
    document.addEventListener('visibilitychange', seen);
    seen();
    return () => {
      here = false;
      document.removeEventListener('visibilitychange', seen);
      void lock?.release();
    };
  }, []);
}
