import { useCallback, useEffect, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import type { RecordingView } from '../../shared/contract/recording.ts';
import { type Trouble, troubleOf, useStation } from '../app/client.ts';

export interface Live {
  readonly view: RecordingView | null;
  /** Why there is no view: a refusal. */
  readonly trouble: Trouble | null;
  /** True while the station cannot be reached; the last view stays on screen. */
  readonly lost: boolean;
  /** Takes a view that an operation answered with, ahead of the stream. */
  readonly onView: (view: RecordingView) => void;
  readonly again: () => void;
}

const AGAIN_MS = 1000;

/** The station's live view of an interview. A broken stream is opened again, and asked for by hand until it is there. */
export function useLive(interview: string): Live {
  const station = useStation();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Pick<Live, 'view' | 'trouble' | 'lost'>>({
    view: null,
    trouble: null,
    lost: false,
  });
  const onView = useCallback((view: RecordingView) => setState({ view, trouble: null, lost: false }), []);
  const again = useCallback(() => setRound((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` begins anew
  useEffect(() => {
    const stop = new AbortController();
    void follow(station, interview, stop.signal, {
      onView,
      onTrouble: (trouble) => setState((before) => after(before, trouble)),
    });
    return () => stop.abort();
  }, [station, interview, onView, round]);
  return { ...state, onView, again };
}

interface Told {
  readonly onView: (view: RecordingView) => void;
  readonly onTrouble: (trouble: Trouble) => void;
}

async function follow(station: StationClient, interview: string, signal: AbortSignal, told: Told): Promise<void> {
  while (!signal.aborted) {
    try {
      const stream = await station.recording.live({ interview }, { signal });
      for await (const view of stream) {
        if (signal.aborted) return;
        told.onView(view);
      }
    } catch (error) {
      if (signal.aborted) return;
      // The stream may fail where a plain question still works: ask, and say what is wrong only if that fails as well.
      await station.recording.view({ interview }).then(told.onView, () => told.onTrouble(troubleOf(error)));
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** With a view on screen a trouble is a lost connection; without one it is the answer. */
function after(before: Pick<Live, 'view' | 'trouble' | 'lost'>, trouble: Trouble): typeof before {
  return before.view === null ? { view: null, trouble, lost: false } : { ...before, lost: true };
}
