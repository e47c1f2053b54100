import { Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Interview } from '../../shared/contract/cases.ts';
import { useNames } from '../ui/index.ts';

/** Where, what, of whom; at the right, how it goes, in words. The child stands here by code only. */
export function InterviewHead({
  interview,
  children,
}: {
  readonly interview: Interview;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('interview');
  const names = useNames();
  const title = t('title', { room: interview.room.name, kind: names.kind(interview.kind) });
  useEffect(() => {
    document.title = `${title} · Bir Ret`;
  }, [title]);
  return (
    <header className="br-interview-head">
      <Link href="/" className="br-interview-back" aria-label={t('back')} title={t('back')}>
        <IconArrowLeft aria-hidden size={20} />
      </Link>
      <div className="br-interview-titles">
        <Title order={1}>{title}</Title>
        <div className="br-soft">
          {t('lead', {
            number: interview.caseNumber,
            child: names.child(interview.child.code),
            age: names.age(interview.child.ageYears),
            spoken: names.spoken(interview.language),
          })}
        </div>
      </div>
      <div className="br-interview-chips">{children}</div>
    </header>
  );
}
