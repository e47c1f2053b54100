import { useEffect, useState } from 'react';

/** The wall clock, for greetings and "in 5 minutes": a new Date every `everyMs`. Never for evidence. */
export function useTime(everyMs = 30_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
