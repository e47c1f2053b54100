import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import { useStation } from '../app/client.ts';
import { NameWarning, Panel, SentenceError, useAct } from '../ui/index.ts';
import { type Asked, AskForm } from './AskForm.tsx';
import { OrderedQuestions } from './OrderedQuestions.tsx';
import { newQuestionId } from './outbox.ts';
import { PrintedQuestions } from './PrintedQuestions.tsx';
import './questions.css';
import { useDeciding } from './useDeciding.ts';
import { useQuestions } from './useQuestions.ts';
import { useQuestionWords } from './useQuestionWords.ts';

export interface BeforePanelProps {
  readonly interview: Interview;
  readonly mayAct: boolean;
}

/** The parties' questions in the days before: entered, reviewed, put in order, printed. */
export function BeforePanel({ interview, mayAct }: BeforePanelProps) {
  const { t } = useTranslation(['questions', 'common']);
  const station = useStation();
  const { view, take } = useQuestions(interview.id);
  const deciding = useDeciding(interview.id, take);
  const words = useQuestionWords(view?.askers ?? []);
  const [adding, setAdding] = useState(false);
  const [by, setBy] = useState('');
  const [printing, setPrinting] = useState(false);
  const questions = view?.questions ?? [];
  const send = useAct(async (asked: Asked) =>
    take(await station.questions.send({ ...asked, interview: interview.id, id: newQuestionId() })),
  );
  useEffect(() => {
    if (!printing) return;
    window.print();
    setPrinting(false);
  }, [printing]);
  return (
    <Panel
      title={t('beforeTitle')}
      aside={
        questions.length === 0 ? undefined : (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPrinter aria-hidden size={18} />}
            onClick={() => setPrinting(true)}
          >
            {t('common:print')}
          </Button>
        )
      }
    >
      <p className="br-soft">{mayAct ? t('beforeText') : t('beforeWatch')}</p>
      <SentenceError trouble={send.trouble ?? deciding.trouble} />
      {questions.length === 0 ? null : (
        <OrderedQuestions questions={questions} words={words} deciding={deciding} mayAct={mayAct} />
      )}
      {mayAct && adding ? (
        <AskForm askers={interview.participants} by={by} onBy={setBy} onAsk={send.run} busy={send.busy} letters>
          {(text) => <NameWarning text={text} />}
        </AskForm>
      ) : mayAct ? (
        <div>
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('addFirst')}
          </Button>
        </div>
      ) : null}
      {printing ? <PrintedQuestions interview={interview} questions={questions} words={words} /> : null}
    </Panel>
  );
}
