import { useCallback, useEffect, useRef, useState } from 'react';
import type { InterviewerView, PressInput } from '../../shared/contract/conducting.ts';
import { troubleOf, useConnection } from '../app/client.ts';

const EVERY_MS = 1000;
/** So many questions without an answer, and the screen says that the station is away. */
const MISSED = 3;

type Press = ReturnType<typeof PressInput.parse>;

export interface Interviewer {
  /** The last answer; it stays while the station is away. */
  readonly view: InterviewerView | null;
  readonly away: boolean;
  /** The station said no: this screen is not admitted any more. */
  readonly ended: boolean;
  readonly press: (what: Press) => void;
}

type State = Omit<Interviewer, 'press'>;
const nothing: State = { view: null, away: false, ended: false };

/** Asks once a second how it stands, and at once after a press; a press that did not arrive is seen by nothing changing. */
export function useInterviewer(interview: string | null): Interviewer {
  const { station, quietly } = useConnection();
  const [state, setState] = useState<State>(nothing);
  const askNow = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (interview === null) return;
    let here = true;
    let missed = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      clearTimeout(timer);
      try {
        const view = await quietly.conducting.watch({ interview });
        missed = 0;
        if (here) setState({ ...nothing, view });
      } catch (error) {
        missed += 1;
        if (here && troubleOf(error).code !== 'UNREACHABLE') setState({ ...nothing, ended: true });
        else if (here && missed >= MISSED) setState((before) => ({ ...before, away: true }));
      }
      clearTimeout(timer);
      if (here) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    askNow.current = () => void ask();
    void ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [quietly, interview]);
  const press = useCallback(
    (what: Press) => {
      void station.conducting.press(what).then(askNow.current, () => setState((before) => ({ ...before, away: true })));
    },
    [station],
  );
  return { ...state, press };
}
