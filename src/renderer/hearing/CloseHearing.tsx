import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, useAct } from '../ui/index.ts';

export interface CloseHearingProps {
  readonly hearing: Hearing;
  readonly onChange: (hearing: Hearing) => void;
}

/** Ends the hearing, after asking once more. */
export function CloseHearing({ hearing, onChange }: CloseHearingProps) {
  const { t } = useTranslation('hearing');
  const station = useStation();
  const [asking, setAsking] = useState(false);
  const close = useAct(async () => onChange(await station.hearings.close({ hearing: hearing.id })));
  return (
    <>
      <Button variant="default" size="compact-md" onClick={() => setAsking(true)}>
        {t('close.act')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('close.title')}
        text={t('close.text')}
        confirm={t('close.confirm')}
        onConfirm={() => void close.run()}
        onClose={() => setAsking(false)}
        busy={close.busy}
        trouble={close.trouble}
      />
    </>
  );
}
