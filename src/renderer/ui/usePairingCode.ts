import { useEffect, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import { useStation } from '../app/client.ts';
import { useAct } from './useAct.ts';

/** How long a code can be used, as the station counts it. */
const CODE_MS = 30_000;

/** What lets another browser in, once: its code, and the page that asks for it. */
export interface PairingCode {
  readonly code: string;
  readonly path: string;
}

/**
 * A code for a browser of its own, made when a person asks for one and forgotten when it can be used no more. `shown` = the
 * code while it is good; `gone` = there was one and its time is over.
 */
export function usePairingCode(ask: (station: StationClient) => Promise<PairingCode>) {
  const station = useStation();
  const [pair, setPair] = useState<PairingCode | null>(null);
  const [gone, setGone] = useState(false);
  const make = useAct(async () => {
    setPair(await ask(station));
    setGone(false);
  });
  useEffect(() => {
    if (pair === null) return;
    const timer = setTimeout(() => setGone(true), CODE_MS);
    return () => clearTimeout(timer);
  }, [pair]);
  return { shown: gone ? null : pair, gone, make };
}
