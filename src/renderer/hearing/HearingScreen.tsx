import { useState } from 'react';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { Asking, useAsk } from '../ui/index.ts';
import { HearingDoor } from './HearingDoor.tsx';
import './hearing.css';
import { HearingRoom } from './HearingRoom.tsx';
import { useDark } from './useDark.ts';

export interface HearingScreenProps {
  readonly hearing: string;
}

/** A hearing as the judge conducts it: opened, its recordings shown in step, closed. Dark, so that the picture is the only light. */
export function HearingScreen({ hearing: id }: HearingScreenProps) {
  useDark();
  const asked = useAsk(`hearing ${id}`, (station) => station.hearings.get({ hearing: id }));
  const [newer, setNewer] = useState<Hearing | null>(null);
  return (
    <main className="br-hearing">
      <Asking asked={asked}>
        {(first) => {
          const hearing = newer?.id === first.id ? newer : first;
          return hearing.state === 'open' ? (
            <HearingRoom hearing={hearing} onChange={setNewer} />
          ) : (
            <HearingDoor hearing={hearing} onChange={setNewer} />
          );
        }}
      </Asking>
    </main>
  );
}
