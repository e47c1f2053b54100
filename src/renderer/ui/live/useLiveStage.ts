import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { LiveStage, type LiveState } from './liveStage.ts';

/** The live stage of an interview, for as long as the screen is there, and its state as it changes. */
export function useLiveStage(interview: string): { readonly stage: LiveStage; readonly state: LiveState } {
  const stage = useMemo(() => new LiveStage(interview), [interview]);
  useEffect(() => {
    stage.start();
    return () => stage.stop();
  }, [stage]);
  const state = useSyncExternalStore(stage.subscribe, () => stage.state);
  return { stage, state };
}
