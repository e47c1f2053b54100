import { Button, Title } from '@mantine/core';
import { IconArrowLeft, IconDeviceTv } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { CourtroomDialog } from './CourtroomDialog.tsx';

export interface HearingHeadProps {
  readonly hearing: Hearing;
  readonly lead: ReactNode;
  readonly chip?: ReactNode;
}

/** The hearing's head: which one, what is shown, its proof, and the courtroom's screen. */
export function HearingHead({ hearing, lead, chip }: HearingHeadProps) {
  const { t } = useTranslation('hearing');
  const [asking, setAsking] = useState(false);
  const title = t('title', { number: hearing.number });
  useEffect(() => {
    document.title = `${title} · Bir Ret`;
  }, [title]);
  return (
    <header className="br-hearing-head">
      <Link href="/hearings" className="br-hearing-back" aria-label={t('back')} title={t('back')}>
        <IconArrowLeft aria-hidden size={20} />
      </Link>
      <div className="br-hearing-titles">
        <Title order={1}>{title}</Title>
        <div className="br-soft br-num">{lead}</div>
      </div>
      <div className="br-hearing-acts">
        {chip}
        <Button variant="default" leftSection={<IconDeviceTv aria-hidden size={18} />} onClick={() => setAsking(true)}>
          {t('screen.act')}
        </Button>
      </div>
      {asking ? <CourtroomDialog hearing={hearing.id} onClose={() => setAsking(false)} /> : null}
    </header>
  );
}
