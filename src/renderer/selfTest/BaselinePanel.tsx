import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomCheck } from '../../shared/contract/selfTest.ts';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, Panel, useAct, useFormat } from '../ui/index.ts';

/** What later checks are held to, and the person's word that this one is how it should be. */
export function BaselinePanel({ check, changed }: { readonly check: RoomCheck; readonly changed: () => void }) {
  const { t } = useTranslation('selfTest');
  const { dateTime } = useFormat();
  const station = useStation();
  const [asking, setAsking] = useState(false);
  const newest = check.newest?.test ?? null;
  const set = useAct(async () => {
    if (newest === null) return;
    await station.selfTest.setBaseline({ test: newest.id });
    setAsking(false);
    changed();
  });
  return (
    <Panel title={t('baseline.title')}>
      <p className="br-soft">
        {check.baselineAt === null ? t('baseline.none') : t('baseline.since', { at: dateTime(check.baselineAt) })}
      </p>
      {newest === null ? null : (
        <div className="br-form-end">
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('baseline.act')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('baseline.confirmTitle')}
        text={t('baseline.confirmText')}
        confirm={t('baseline.confirm')}
        onConfirm={() => void set.run()}
        onClose={() => setAsking(false)}
        busy={set.busy}
        trouble={set.trouble}
      />
    </Panel>
  );
}
