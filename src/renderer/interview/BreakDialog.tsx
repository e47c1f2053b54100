import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../app/client.ts';
import { ConfirmDialog, NameWarning } from '../ui/index.ts';

export interface BreakDialogProps {
  readonly onClose: () => void;
  readonly onBreak: (label: string) => Promise<boolean>;
  readonly trouble: Trouble | null;
}

const reasons = ['child', 'tired', 'drink', 'toilet', 'questions'] as const;

/** Why there is a break. The recording goes on, and the dialog says so: this is not a pause button. */
export function BreakDialog({ onClose, onBreak, trouble }: BreakDialogProps) {
  const { t } = useTranslation('interview');
  const [why, setWhy] = useState('');
  const begin = async () => {
    if (await onBreak(why.trim())) onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t('break.title')}
      text={t('break.text')}
      confirm={t('break.begin')}
      onConfirm={() => void begin()}
      onClose={onClose}
      ready={why.trim() !== ''}
      trouble={trouble}
    >
      <div className="br-chips br-break-reasons">
        {reasons.map((one) => {
          const words = t(`break.why.${one}`);
          return (
            <Button
              key={one}
              size="compact-md"
              variant={why === words ? 'light' : 'default'}
              aria-pressed={why === words}
              onClick={() => setWhy(words)}
            >
              {words}
            </Button>
          );
        })}
      </div>
      <TextInput
        mt="md"
        label={t('break.reason')}
        value={why}
        maxLength={500}
        onChange={(event) => setWhy(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && why.trim() !== '') void begin();
        }}
      />
      <NameWarning text={why} />
    </ConfirmDialog>
  );
}
