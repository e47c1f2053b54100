import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { SentenceError, StateChip, useAct } from '../ui/index.ts';
import { AskForm } from './AskForm.tsx';
import './questions.css';
import { questionMay } from '../../shared/domain/questions.ts';
import { QuestionLine } from './QuestionLine.tsx';
import { useOutbox } from './useOutbox.ts';
import { useQuestions } from './useQuestions.ts';
import { useQuestionWords } from './useQuestionWords.ts';

/** Questions from the observation room: one is sent, and what becomes of it and of the others' is seen at once. */
export function ObserverQuestions({ interview }: { readonly interview: string }) {
  const { t } = useTranslation(['questions', 'common']);
  const station = useStation();
  const { view, trouble, take } = useQuestions(interview);
  const outbox = useOutbox(interview, take);
  const [by, setBy] = useRemembered(`birret.asks.${interview}`);
  const words = useQuestionWords(view?.askers ?? []);
  const withdraw = useAct(async (question: string, step: number) =>
    take(await station.questions.withdraw({ interview, question, step, reason: null })),
  );
  // One that the station has, while its answer is still on the way, is not listed twice.
  const known = new Set((view?.questions ?? []).map(({ id }) => id));
  const unsent = outbox.unsent.filter(({ id }) => !known.has(id));
  const here = (view?.askers ?? []).filter(({ place }) => place === 'observation');
  const only = here.length === 1 ? (here[0]?.code ?? '') : '';
  return (
    <section className="br-observe-questions" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {view?.state === 'over' ? null : (
        <AskForm
          askers={here}
          by={by === '' ? only : by}
          onBy={setBy}
          onAsk={({ text, by: who, priority }) => {
            setBy(who);
            outbox.send({ text, by: who, priority });
            return true;
          }}
        >
          {() => <p className="br-soft">{t('seenByAll')}</p>}
        </AskForm>
      )}
      <div role="status">
        {trouble === null ? null : <StateChip tone="warn">{t('away')}</StateChip>}
        {unsent.length === 0 ? null : <p className="br-note br-note-warn">{t('unsent', { count: unsent.length })}</p>}
      </div>
      {unsent.length === 0 ? null : (
        <ul className="br-question-list">
          {unsent.map((one, index) => (
            <li className="br-question" key={one.id} data-state="unsent">
              <p className="br-question-text">{one.text}</p>
              {index === 0 ? <SentenceError trouble={outbox.refused} /> : null}
              <div className="br-question-acts">
                <Button size="compact-md" variant="subtle" onClick={() => outbox.drop(one.id)}>
                  {t('act.drop')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <SentenceError trouble={withdraw.trouble} />
      {view !== null && view.questions.length === 0 && unsent.length === 0 ? (
        <p className="br-soft">{t('noneYet')}</p>
      ) : null}
      <ol className="br-question-list" aria-live="polite">
        {(view?.questions ?? []).toSorted(newestFirst).map((question) => (
          <QuestionLine key={question.id} question={question} words={words} tellsOwn>
            {question.own && questionMay(question.state, 'withdrawn') ? (
              <div className="br-question-acts">
                <Button
                  size="compact-md"
                  variant="subtle"
                  onClick={() => void withdraw.run(question.id, question.step)}
                >
                  {t('act.withdraw')}
                </Button>
              </div>
            ) : null}
          </QuestionLine>
        ))}
      </ol>
    </section>
  );
}

type Sent = { readonly sentMs: number | null; readonly sentAt: string | null };

function newestFirst(a: Sent, b: Sent): number {
  return (b.sentMs ?? -1) - (a.sentMs ?? -1) || ((a.sentAt ?? '') < (b.sentAt ?? '') ? 1 : -1);
}

/** A value that this tab remembers over a reload. */
function useRemembered(key: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => sessionStorage.getItem(key) ?? '');
  return [
    value,
    (next) => {
      sessionStorage.setItem(key, next);
      setValue(next);
    },
  ];
}
