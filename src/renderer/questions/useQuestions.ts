import { useCallback, useEffect, useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import type { QuestionsView } from '../../shared/contract/questions.ts';
import { type Trouble, troubleOf, useConnection } from '../app/client.ts';
import { pauseFor } from './pauses.ts';

export interface Questions {
  /** The station's last word; it stays while the station is away. */
  readonly view: QuestionsView | null;
  /** Why it is not of this moment; null while it is. */
  readonly trouble: Trouble | null;
  /** Takes what an operation answered with, ahead of the stream. */
  readonly take: (view: QuestionsView) => void;
}

/** The station speaks at least once a second: after so long without a word the line is dead, whatever the browser believes. */
const SILENT_MS = 5_000;

/** The questions of an interview, as they are at this moment. A line that broke is opened again, with growing pauses. */
export function useQuestions(interview: string): Questions {
  const { quietly } = useConnection();
  const [state, setState] = useState<Pick<Questions, 'view' | 'trouble'>>({ view: null, trouble: null });
  const take = useCallback((view: QuestionsView) => setState({ view, trouble: null }), []);
  useEffect(() => {
    const stop = new AbortController();
    void follow(quietly, interview, stop.signal, {
      onView: take,
      onTrouble: (trouble) => setState((before) => ({ ...before, trouble })),
    });
    return () => stop.abort();
  }, [quietly, interview, take]);
  return { ...state, take };
}

interface Told {
  readonly onView: (view: QuestionsView) => void;
  readonly onTrouble: (trouble: Trouble) => void;
}

async function follow(client: StationClient, interview: string, signal: AbortSignal, told: Told): Promise<void> {
  let failed = 0;
  while (!signal.aborted) {
    const line = new AbortController();
    const cut = () => line.abort();
    signal.addEventListener('abort', cut, { once: true });
    // A browser that knows that its network is gone need not wait for the silence.
    window.addEventListener('offline', cut);
    let timer = setTimeout(cut, SILENT_MS);
    try {
      const stream = await client.questions.live({ interview }, { signal: line.signal });
      for await (const view of stream) {
        clearTimeout(timer);
        timer = setTimeout(cut, SILENT_MS);
        failed = 0;
        if (signal.aborted) break;
        told.onView(view);
      }
    } catch (error) {
      if (!signal.aborted) told.onTrouble(line.signal.aborted ? { code: 'UNREACHABLE', params: {} } : troubleOf(error));
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cut);
      window.removeEventListener('offline', cut);
      cut();
    }
    if (signal.aborted) return;
    await pauseFor(failed, signal);
    failed += 1;
  }
}
