import { Tabs } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isWaiting } from '../../shared/domain/questions.ts';
import { Inbox } from './Inbox.tsx';
import { useQuestions } from './useQuestions.ts';

export interface SideTabsProps {
  readonly interview: string;
  readonly mayAct: boolean;
  /** The timeline. */
  readonly children: ReactNode;
}

/** The timeline and the questions, one behind the other; how many wait is said quietly, and never by a sound. */
export function SideTabs({ interview, mayAct, children }: SideTabsProps) {
  const { t } = useTranslation('questions');
  const questions = useQuestions(interview);
  const [tab, setTab] = useState<string | null>('timeline');
  const waiting = (questions.view?.questions ?? []).filter(isWaiting).length;
  return (
    <Tabs value={tab} onChange={setTab} className="br-side-tabs" data-tab={tab} keepMounted>
      <Tabs.List grow>
        <Tabs.Tab value="timeline">{t('tab.timeline')}</Tabs.Tab>
        <Tabs.Tab value="questions">
          {t('title')}
          {waiting > 0 ? (
            <span className="br-questions-count">
              <span aria-hidden>{waiting}</span>
              <span className="br-unseen">{t('waiting', { count: waiting })}</span>
            </span>
          ) : null}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline">{children}</Tabs.Panel>
      <Tabs.Panel value="questions">
        <section className="br-room-card br-questions-card" aria-label={t('title')}>
          <Inbox interview={interview} questions={questions} mayAct={mayAct} />
        </section>
      </Tabs.Panel>
      <p className="br-unseen" role="status">
        {waiting > 0 ? t('waiting', { count: waiting }) : ''}
      </p>
    </Tabs>
  );
}
