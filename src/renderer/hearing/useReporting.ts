import { useEffect, useRef, useState } from 'react';
import type { Hearing, Presented } from '../../shared/contract/hearings.ts';
import { type Trouble, troubleOf, useStation } from '../app/client.ts';
import type { PlayerState, StepPlayer } from '../ui/player/index.ts';

const EVERY_MS = 2000;
/** A step of the clock that is larger than this was a jump: the courtroom's screen is told at once. */
const JUMP_MS = 900;

export interface ReportingProps {
  readonly hearing: string;
  readonly exhibit: string;
  readonly player: StepPlayer;
  readonly state: PlayerState;
  readonly view: Presented['view'];
  readonly hears: Presented['sound'];
  readonly onReported: (hearing: Hearing) => void;
}

/**
 * Puts on record what really played, every two seconds while it plays, and tells the courtroom's screen of every pause,
 * jump and change at once. What could not be reported is kept and reported with the next. Ends with `playback.close`.
 */
export function useReporting({
  hearing,
  exhibit,
  player,
  state,
  view,
  hears,
  onReported,
}: ReportingProps): Trouble | null {
  const station = useStation();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const told = useRef(onReported);
  told.current = onReported;
  const chosen = useRef({ view, sound: hears });
  chosen.current = { view, sound: hears };
  const queue = useRef<Promise<void>>(Promise.resolve());

  const report = useRef(() => {});
  useEffect(() => {
    let here = true;
    const send = async () => {
      const shown = player.takeShown();
      const { atMs, playing, rate } = player.state;
      const presented = { exhibit, atMs: Math.round(atMs), playing, rate, ...chosen.current };
      try {
        const answer = await station.playback.present({ hearing, presented, shown: shown.slice(0, 50) });
        player.restoreShown(shown.slice(50));
        if (here) {
          told.current(answer);
          setTrouble(null);
        }
      } catch (error) {
        player.restoreShown(shown);
        if (here) setTrouble(troubleOf(error));
      }
    };
    // One after another: the station must not learn of a pause before what played until then.
    const later = () => {
      queue.current = queue.current.then(send);
    };
    report.current = later;
    const timer = setInterval(() => {
      if (player.state.playing) later();
    }, EVERY_MS);
    return () => {
      here = false;
      clearInterval(timer);
      player.pause();
      later();
      // Where this cannot be said any more, the hearing's own closing closes the exhibit.
      queue.current = queue.current.then(() =>
        station.playback.close({ hearing, exhibit }).then(
          () => undefined,
          () => undefined,
        ),
      );
    };
  }, [station, hearing, exhibit, player]);

  const last = useRef(state.atMs);
  const jumped = Math.abs(state.atMs - last.current) > JUMP_MS * Math.max(1, state.rate);
  last.current = state.atMs;
  const jumps = useRef(0);
  if (jumped) jumps.current += 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when to tell, `report` knows what
  useEffect(() => report.current(), [state.playing, state.rate, view, hears, jumps.current]);
  return trouble;
}
