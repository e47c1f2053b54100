import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { SentenceError, useAct } from '../ui/index.ts';

export interface AddChildDialogProps {
  readonly opened: boolean;
  readonly caseId: string;
  readonly onClose: () => void;
  readonly added: () => void;
}

const empty = { status: 'victim', surname: '', givenName: '', birthDate: '', iin: '' } as const;
interface Form {
  readonly status: 'victim' | 'witness';
  readonly surname: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly iin: string;
}

/** Takes a child's name once and gives it to the station, which seals it; the form forgets it at once. */
export function AddChildDialog({ opened, caseId, onClose, added }: AddChildDialogProps) {
  const { t } = useTranslation(['cases', 'common']);
  const station = useStation();
  const [form, setForm] = useState<Form>(empty);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const iinWrong = form.iin !== '' && !/^\d{12}$/.test(form.iin);
  const close = () => {
    setForm(empty);
    onClose();
  };
  const add = useAct(async () => {
    await station.cases.addChild({
      caseId,
      status: form.status,
      identity: {
        surname: form.surname.trim(),
        givenName: form.givenName.trim(),
        birthDate: form.birthDate === '' ? null : form.birthDate,
        iin: form.iin === '' ? null : form.iin,
      },
    });
    added();
    close();
  });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('child.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
    >
      <form
        className="br-form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void add.run();
        }}
      >
        <p className="br-note br-with-icon">
          <IconShieldLock aria-hidden size={22} />
          <span>{t('child.sealedAway')}</span>
        </p>
        <SentenceError trouble={add.trouble} />
        <fieldset className="br-fieldset">
          <legend>{t('child.status')}</legend>
          <SegmentedControl
            value={form.status}
            onChange={(status) => change({ status: status === 'witness' ? 'witness' : 'victim' })}
            data={[
              { value: 'victim', label: t('common:child.victim') },
              { value: 'witness', label: t('common:child.witness') },
            ]}
          />
        </fieldset>
        <div className="br-form-two">
          <TextInput
            label={t('child.surname')}
            value={form.surname}
            onChange={(event) => change({ surname: event.currentTarget.value })}
            autoComplete="off"
            data-autofocus
          />
          <TextInput
            label={t('child.givenName')}
            value={form.givenName}
            onChange={(event) => change({ givenName: event.currentTarget.value })}
            autoComplete="off"
          />
          <DateInput
            // Escape ends the choosing of a date, and not the dialog with all that was typed.
            data-mantine-stop-propagation="true"
            size="md"
            label={t('child.birthDate')}
            description={t('child.birthHint')}
            placeholder={t('child.birthLike')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.birthDate === '' ? null : form.birthDate}
            onChange={(value) => change({ birthDate: value ?? '' })}
            valueFormat="DD.MM.YYYY"
            maxDate={new Date().toISOString().slice(0, 10)}
            defaultLevel="decade"
            clearable
          />
          <TextInput
            label={`${t('child.iin')} (${t('common:optional')})`}
            description={t('child.iinHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.iin}
            onChange={(event) => change({ iin: event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 12) })}
            error={iinWrong ? t('child.iinWrong') : null}
            inputMode="numeric"
            autoComplete="off"
          />
        </div>
        <div className="br-form-end">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            loading={add.busy}
            disabled={form.surname.trim() === '' || form.givenName.trim() === '' || iinWrong}
          >
            {t('child.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
