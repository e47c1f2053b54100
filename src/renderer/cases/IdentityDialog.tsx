import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Child } from '../../shared/contract/cases.ts';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, useAct, useFormat, useNames } from '../ui/index.ts';

type Identity = Awaited<ReturnType<ReturnType<typeof useStation>['cases']['identity']>>;

/** Opens a child's sealed identity record after asking once more; it is gone from the screen with the dialog. */
export function IdentityDialog({ child, onClose }: { readonly child: Child; readonly onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const station = useStation();
  const names = useNames();
  const { date } = useFormat();
  const [identity, setIdentity] = useState<Identity | null>(null);
  const open = useAct(async () => setIdentity(await station.cases.identity({ childId: child.id })));
  if (identity === null) {
    return (
      <ConfirmDialog
        opened
        title={t('identity.title', { child: names.child(child.code) })}
        text={t('identity.text')}
        confirm={t('identity.open')}
        onConfirm={() => void open.run()}
        onClose={onClose}
        busy={open.busy}
        trouble={open.trouble}
      />
    );
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={names.child(child.code)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
    >
      <div className="br-form">
        <p className="br-identity">
          {identity.surname} {identity.givenName}
        </p>
        {identity.birthDate === null ? null : (
          <p>{t('identity.birth', { date: date(`${identity.birthDate}T12:00:00`) })}</p>
        )}
        {identity.iin === null ? null : <p className="br-num">{t('identity.iin', { iin: identity.iin })}</p>}
        <div className="br-form-end">
          <Button variant="default" onClick={onClose}>
            {t('common:close')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
