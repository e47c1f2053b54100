import { useCallback, useEffect, useMemo, useState } from 'react';
import type { QuestionsView } from '../../shared/contract/questions.ts';
import { type Trouble, troubleOf, useStation } from '../app/client.ts';
import { newQuestionId, Outbox, passes, type Unsent } from './outbox.ts';
import { pauseFor } from './pauses.ts';

export interface Sending {
  readonly unsent: readonly Unsent[];
  /** Why the first of them is not taken at all: its sender has to do something about it. */
  readonly refused: Trouble | null;
  readonly send: (question: Omit<Unsent, 'id'>) => void;
  /** Takes a question back that was not sent yet. */
  readonly drop: (id: string) => void;
}

/** Sends questions one after the other, in their order, each until the station has it. */
export function useOutbox(interview: string, take: (view: QuestionsView) => void): Sending {
  const station = useStation();
  const kept = useMemo(() => new Outbox(interview, sessionStorage), [interview]);
  const [unsent, setUnsent] = useState<readonly Unsent[]>(() => kept.read());
  const [refused, setRefused] = useState<Trouble | null>(null);
  const change = useCallback(
    (next: (before: readonly Unsent[]) => readonly Unsent[]) =>
      setUnsent((before) => {
        const after = next(before);
        kept.keep(after);
        return after;
      }),
    [kept],
  );
  const first = unsent[0];
  useEffect(() => {
    if (first === undefined || refused !== null) return;
    const stop = new AbortController();
    const attempt = async () => {
      for (let failed = 0; !stop.signal.aborted; failed++) {
        try {
          take(await station.questions.send({ ...first, interview, letter: null }, { signal: stop.signal }));
          change((before) => before.filter(({ id }) => id !== first.id));
          return;
        } catch (error) {
          if (stop.signal.aborted) return;
          const trouble = troubleOf(error);
          if (!passes(trouble.code)) return setRefused(trouble);
        }
        await pauseFor(failed, stop.signal);
      }
    };
    void attempt();
    return () => stop.abort();
  }, [station, interview, first, refused, take, change]);
  return {
    unsent,
    refused,
    send: (question) => change((before) => [...before, { ...question, id: newQuestionId() }]),
    drop: (id) => {
      setRefused(null);
      change((before) => before.filter((one) => one.id !== id));
    },
  };
}
