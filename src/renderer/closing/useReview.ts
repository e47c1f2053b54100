import { useEffect, useState } from 'react';
import type { Playback } from '../../shared/contract/hearings.ts';
import { type Trouble, troubleOf, useConnection } from '../app/client.ts';

/** The recording open beside a text, for as long as the screen that holds it is there. */
export function useReview(exhibit: string): { readonly playback: Playback | null; readonly trouble: Trouble | null } {
  const { station, quietly } = useConnection();
  const [state, setState] = useState<{ playback: Playback | null; trouble: Trouble | null }>({
    playback: null,
    trouble: null,
  });
  useEffect(() => {
    let here = true;
    station.playback.review({ exhibit }).then(
      (playback) => (here ? setState({ playback, trouble: null }) : undefined),
      (error: unknown) => (here ? setState({ playback: null, trouble: troubleOf(error) }) : undefined),
    );
    return () => {
      here = false;
      // A station that is gone has closed it already.
      quietly.playback.endReview({ exhibit }).catch(() => undefined);
    };
  }, [station, quietly, exhibit]);
  return state;
}
