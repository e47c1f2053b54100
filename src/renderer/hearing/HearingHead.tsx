import { Button, Title } from '@mantine/core';
import { IconArrowLeft, IconDeviceTv } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, useAct } from '../ui/index.ts';
import { CourtroomDialog } from './CourtroomDialog.tsx';

export interface HearingHeadProps {
  readonly hearing: Hearing;
  readonly lead: ReactNode;
  readonly chip?: ReactNode;
  readonly onChange: (hearing: Hearing) => void;
}

/** The hearing's head: which one, what is shown, its proof, the courtroom's screen, and the way to close. */
export function HearingHead({ hearing, lead, chip, onChange }: HearingHeadProps) {
  const { t } = useTranslation('hearing');
  const station = useStation();
  const [asking, setAsking] = useState<'close' | 'screen' | null>(null);
  const title = t('title', { number: hearing.number });
  const close = useAct(async () => onChange(await station.hearings.close({ hearing: hearing.id })));
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
        <Button
          variant="default"
          leftSection={<IconDeviceTv aria-hidden size={18} />}
          onClick={() => setAsking('screen')}
        >
          {t('screen.act')}
        </Button>
        <Button variant="subtle" onClick={() => setAsking('close')}>
          {t('close.act')}
        </Button>
      </div>
      {asking === 'screen' ? <CourtroomDialog hearing={hearing.id} onClose={() => setAsking(null)} /> : null}
      <ConfirmDialog
        opened={asking === 'close'}
        title={t('close.title')}
        text={t('close.text')}
        confirm={t('close.confirm')}
        onConfirm={() => void close.run()}
        onClose={() => setAsking(null)}
        busy={close.busy}
        trouble={close.trouble}
      />
    </header>
  );
}
