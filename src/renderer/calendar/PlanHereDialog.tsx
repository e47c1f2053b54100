import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Asking, EmptyState, FormDialog, useAsk, useFormat, useNames } from '../ui/index.ts';

export interface PlanHereDialogProps {
  readonly room: { readonly id: string; readonly name: string };
  readonly at: Date;
  readonly zone: string;
  readonly onClose: () => void;
}

/** Of which child: then the plan opens with room and time filled in. */
export function PlanHereDialog({ room, at, zone, onClose }: PlanHereDialogProps) {
  const { t } = useTranslation('calendar');
  const { dateTime } = useFormat(zone);
  const names = useNames();
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<string | null>(null);
  const asked = useAsk('cases', (station) => station.cases.list());
  const children = (asked.data ?? []).flatMap((one) =>
    one.children.map((child) => ({ caseId: one.id, number: one.number, child })),
  );
  const found = children.find(({ child }) => child.id === chosen);
  return (
    <FormDialog
      title={t('here.title', { room: room.name, at: dateTime(at) })}
      onClose={onClose}
      submit={t('here.go')}
      onSubmit={() => {
        if (found === undefined) return;
        const query = new URLSearchParams({ child: found.child.id, room: room.id, at: at.toISOString() });
        go(`/cases/${found.caseId}/plan?${query}`);
      }}
      busy={false}
      trouble={null}
      ready={found !== undefined}
    >
      <Asking asked={asked}>
        {() =>
          children.length === 0 ? (
            <EmptyState>{t('here.none')}</EmptyState>
          ) : (
            <Select
              label={t('here.child')}
              data={children.map(({ child, number }) => ({
                value: child.id,
                label: t('here.option', { number, child: names.child(child.code), age: names.age(child.ageYears) }),
              }))}
              value={chosen}
              onChange={setChosen}
              searchable
              data-autofocus
            />
          )
        }
      </Asking>
    </FormDialog>
  );
}
