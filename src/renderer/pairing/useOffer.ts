import { useEffect, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import type { PairingOffer } from '../../shared/contract/pairing.ts';
import { useStation } from '../app/client.ts';
import { useAct } from '../ui/index.ts';

export type AskOffer = (station: StationClient) => Promise<PairingOffer>;

/** A code for another screen, made when a person asks for one, and the seconds that it is still good for; 0 = it is not. */
export function useOffer(ask: AskOffer) {
  const station = useStation();
  const [offer, setOffer] = useState<PairingOffer | null>(null);
  const [left, setLeft] = useState(0);
  const make = useAct(async () => setOffer(await ask(station)));
  useEffect(() => {
    if (offer === null) return;
    const count = () => setLeft(Math.max(0, Math.ceil((Date.parse(offer.until) - Date.now()) / 1000)));
    count();
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [offer]);
  return { offer, left: offer === null ? 0 : left, make, forget: () => setOffer(null) };
}
