import { useEffect, useState } from 'react';

/** Runs on between the station's words, so that a figure never stands still while a recording does not. In milliseconds. */
export function useRunning(elapsedMs: number | null): number {
  const [heard, setHeard] = useState({ elapsedMs: elapsedMs ?? 0, at: performance.now() });
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (elapsedMs !== null) setHeard({ elapsedMs, at: performance.now() });
  }, [elapsedMs]);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return heard.elapsedMs + Math.max(0, now - heard.at);
}
