import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PathField } from '../ui/index.ts';

/** An age recipient (`age1…`): what a receiver's key looks like. */
const RECIPIENT = /^age1[a-z0-9]{58}$/;

/** What a person has typed about who receives something and how. */
export interface Receiver {
  readonly to: string;
  readonly folder: string;
  readonly how: 'encrypted' | 'plain';
  readonly key: string;
}

/** The receiver as it is typed, and whether it is complete; `given` goes into the request. */
export function useReceiver(to = '') {
  const [typed, setTyped] = useState<Receiver>({ to, folder: '', how: 'encrypted', key: '' });
  const key = typed.key.trim();
  const given = { to: typed.to.trim(), folder: typed.folder.trim(), recipient: typed.how === 'plain' ? null : key };
  const ready = given.to !== '' && given.folder !== '' && (typed.how === 'plain' || RECIPIENT.test(key));
  const keyWrong = typed.how === 'encrypted' && key !== '' && !RECIPIENT.test(key);
  return {
    typed,
    change: (part: Partial<Receiver>) => setTyped((now) => ({ ...now, ...part })),
    given,
    ready,
    keyWrong,
  };
}

export interface ReceiverFieldsProps {
  readonly receiver: ReturnType<typeof useReceiver>;
  /** What is said of handing it over in the clear. */
  readonly plainWarning: string;
}

/** To whom, where to, and how: encrypted to the receiver's key unless the person chooses a plain folder. */
export function ReceiverFields({ receiver, plainWarning }: ReceiverFieldsProps) {
  const { t } = useTranslation('archive');
  const { typed, change, keyWrong } = receiver;
  return (
    <>
      <TextInput
        label={t('export.to')}
        description={t('export.toHint')}
        value={typed.to}
        maxLength={200}
        onChange={(event) => change({ to: event.currentTarget.value })}
        data-autofocus
      />
      <PathField
        label={t('export.folder')}
        what="folder"
        value={typed.folder}
        onChange={(folder) => change({ folder })}
      />
      <div>
        <SegmentedControl
          aria-label={t('export.how')}
          value={typed.how}
          onChange={(how) => change({ how })}
          data={[
            { value: 'encrypted', label: t('export.encrypted') },
            { value: 'plain', label: t('export.plain') },
          ]}
        />
      </div>
      {typed.how === 'encrypted' ? (
        <TextInput
          label={t('export.recipient')}
          description={t('export.recipientHint')}
          value={typed.key}
          onChange={(event) => change({ key: event.currentTarget.value })}
          error={keyWrong ? t('export.recipientWrong') : null}
          spellCheck={false}
          autoComplete="off"
        />
      ) : (
        <p className="br-note">{plainWarning}</p>
      )}
    </>
  );
}
