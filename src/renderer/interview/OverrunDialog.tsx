import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, NameWarning, useAct } from '../ui/index.ts';
import { usePeople } from './usePeople.ts';

const OFFICER = 'officer';
const reasons = ['child', 'ending', 'safety'] as const;

/** Why it goes on beyond a limit, and who says so. It stands in the record; the recording went on meanwhile. */
export function OverrunDialog({ interview, onClose }: { readonly interview: Interview; readonly onClose: () => void }) {
  const { t } = useTranslation('interview');
  const station = useStation();
  const people = usePeople(interview.participants);
  const [reason, setReason] = useState('');
  const [by, setBy] = useState(OFFICER);
  const give = useAct(async () => {
    await station.conducting.overrun({ interview: interview.id, reason, by: by === OFFICER ? null : by });
    onClose();
  });
  return (
    <ConfirmDialog
      opened
      title={t('limits.title')}
      text={t('limits.text')}
      confirm={t('limits.save')}
      onConfirm={() => void give.run()}
      onClose={onClose}
      busy={give.busy}
      ready={reason.trim().length > 2}
      trouble={give.trouble}
    >
      <div className="br-chips br-break-reasons">
        {reasons.map((one) => {
          const words = t(`limits.why.${one}`);
          return (
            <Button
              key={one}
              size="compact-md"
              variant={reason === words ? 'light' : 'default'}
              aria-pressed={reason === words}
              onClick={() => setReason(words)}
            >
              {words}
            </Button>
          );
        })}
      </div>
      <Textarea
        mt="md"
        label={t('limits.reason')}
        value={reason}
        maxLength={4000}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NameWarning text={reason} />
      <Select
        mt="md"
        label={t('limits.by')}
        data={[
          { value: OFFICER, label: t('limits.officer', { name: interview.officer.name }) },
          ...people.map(({ code, name }) => ({ value: code, label: name })),
        ]}
        value={by}
        allowDeselect={false}
        onChange={(value) => setBy(value ?? OFFICER)}
      />
    </ConfirmDialog>
  );
}
