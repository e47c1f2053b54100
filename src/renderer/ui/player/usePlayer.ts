import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Playback } from '../../../shared/contract/hearings.ts';
import { type PlayerState, StepPlayer } from './stepPlayer.ts';

/** The player of an opened exhibit, and its state as it changes. It ends with the screen that holds it. */
export function usePlayer(playback: Playback): { readonly player: StepPlayer; readonly state: PlayerState } {
  const player = useMemo(() => new StepPlayer(playback.tracks, playback.durationMs), [playback]);
  useEffect(() => {
    player.start();
    return () => player.stop();
  }, [player]);
  const state = useSyncExternalStore(player.subscribe, () => player.state);
  return { player, state };
}
