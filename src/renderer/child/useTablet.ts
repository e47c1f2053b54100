import { useCallback, useEffect, useState } from 'react';
import type { TabletView } from '../../shared/contract/tablet.ts';
import type { ChildWishId } from '../../shared/domain/childWishes.ts';
import { troubleOf, useConnection } from '../app/client.ts';
import { newQuestionId } from '../questions/outbox.ts';

const EVERY_MS = 1000;
/** A child does not wait longer for an answer. */
const ANSWER_MS = 4_000;
/** What the station says to a screen that is not admitted any more; everything else passes by itself. */
const NOT_ADMITTED: ReadonlySet<string> = new Set(['NOT_FROM_A_KNOWN_SCREEN', 'ROLE_REFUSED', 'TIE_REFUSED']);

export interface Tablet {
  /** The last answer; it stays whatever becomes of the network. */
  readonly view: TabletView | null;
  readonly gone: boolean;
  readonly tell: (wish: ChildWishId) => Promise<boolean>;
}

/** Asks once a second how it stands, and tells what was pressed: true where the station has it. Never throws. */
export function useTablet(interview: string | null): Tablet {
  const { station, quietly } = useConnection();
  const [state, setState] = useState<Omit<Tablet, 'tell'>>({ view: null, gone: false });
  useEffect(() => {
    if (interview === null) return;
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const view = await quietly.tablet.watch({ interview });
        if (here) setState({ view, gone: false });
      } catch (error) {
        const gone = NOT_ADMITTED.has(troubleOf(error).code);
        if (here && gone) setState((before) => ({ ...before, gone }));
      }
      if (here) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [quietly, interview]);
  const tell = useCallback(
    async (wish: ChildWishId) => {
      if (interview === null) return false;
      const press = { interview, wish, id: newQuestionId() };
      const signal = AbortSignal.timeout(ANSWER_MS);
      const send = () => station.tablet.wish(press, { signal });
      // Once more, because an answer may have been lost: by its id it is one press all the same.
      const { told } = await send()
        .catch(send)
        .catch(() => ({ told: false }));
      return told;
    },
    [station, interview],
  );
  return { ...state, tell };
}
