import { Button, Fieldset, FileButton, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimestampAuthority, TimestampTest } from '../../shared/contract/timestamps.ts';
import { useStation } from '../app/client.ts';
import { SentenceError, StateChip, useAct, useFormat } from '../ui/index.ts';

export interface AuthorityFieldsProps {
  /** Its place in the order, from 1. */
  readonly number: number;
  readonly value: TimestampAuthority;
  readonly onChange: (value: TimestampAuthority) => void;
  readonly onRemove: () => void;
}

/** One authority: address, root certificate, policy; and a test that gets one token. */
export function AuthorityFields({ number, value, onChange, onRemove }: AuthorityFieldsProps) {
  const { t } = useTranslation('time');
  const station = useStation();
  const [found, setFound] = useState<TimestampTest | null>(null);
  const test = useAct(async () => {
    setFound(null);
    const { address, policy, rootPem } = value;
    setFound(await station.timestamps.test({ address: address.trim(), policy, rootPem }));
  });
  const change = (part: Partial<TimestampAuthority>) => {
    setFound(null);
    test.clear();
    onChange({ address: value.address, policy: value.policy, rootPem: value.rootPem, ...part });
  };
  return (
    <Fieldset legend={t('authority.legend', { number })}>
      <div className="br-form">
        <TextInput
          label={t('authority.address')}
          placeholder="http://"
          value={value.address}
          onChange={(event) => change({ address: event.currentTarget.value })}
          spellCheck={false}
          autoComplete="off"
        />
        <TextInput
          label={t('authority.policy')}
          description={t('authority.policyHint')}
          value={value.policy ?? ''}
          onChange={({ currentTarget }) =>
            change({ policy: currentTarget.value.trim() === '' ? null : currentTarget.value.trim() })
          }
          spellCheck={false}
          autoComplete="off"
        />
        <Group justify="space-between">
          <StateChip tone={value.rootPem === null ? 'quiet' : 'good'}>
            {value.rootPem === null ? t('authority.rootNone') : t('authority.rootGiven')}
          </StateChip>
          <FileButton
            accept=".pem,.crt,.cer"
            onChange={(file) => {
              if (file !== null) void file.text().then((text) => change({ rootPem: text.trim() }));
            }}
          >
            {(props) => (
              <Button {...props} variant="default">
                {t('authority.root')}
              </Button>
            )}
          </FileButton>
        </Group>
        <SentenceError trouble={test.trouble} />
        {found === null ? null : <Found test={found} />}
        <div className="br-form-end">
          <Button variant="subtle" onClick={onRemove}>
            {t('authority.remove')}
          </Button>
          <Button
            variant="default"
            onClick={() => void test.run()}
            loading={test.busy}
            disabled={value.address.trim() === ''}
          >
            {t('authority.test')}
          </Button>
        </div>
      </div>
    </Fieldset>
  );
}

function Found({ test }: { readonly test: TimestampTest }) {
  const { t } = useTranslation('time');
  const { exact } = useFormat();
  return (
    <div role="status">
      <p>{t('authority.works', { time: exact(test.time), signer: test.signer })}</p>
      <p className="br-soft">
        {test.trusted === null ? t('authority.untrusted') : t('authority.trusted')}{' '}
        {t('authority.made', { policy: test.policy })}
      </p>
    </div>
  );
}
