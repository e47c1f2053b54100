import { Button, CopyButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WitnessKey } from '../../shared/contract/custody.ts';
import { useStation } from '../app/client.ts';
import { EmptyState, FormDialog, Panel, SentenceError, StateChip, useAct, useFormat } from '../ui/index.ts';
import type { WitnessPanelProps } from './OwnHeadPanel.tsx';

/** The keys that count: this station's own, to be given to others, and those of others, which the administrator takes in. */
export function WitnessKeysPanel({
  known,
  changed,
  administers,
}: WitnessPanelProps & { readonly administers: boolean }) {
  const { t } = useTranslation(['witness', 'common']);
  const station = useStation();
  const [adding, setAdding] = useState(false);
  const drop = useAct(async (vkey: string) => {
    await station.custody.distrust({ vkey });
    changed();
  });
  return (
    <Panel title={t('keys.title')}>
      <p className="br-soft">{t('keys.text')}</p>
      <OwnKey label={t('keys.log')} value={known.logKey} />
      {known.witnessKey === null ? (
        <p className="br-soft">{t('keys.locked')}</p>
      ) : (
        <OwnKey label={t('keys.witness')} value={known.witnessKey} />
      )}
      {known.keys.length === 0 ? <EmptyState>{t('keys.none')}</EmptyState> : null}
      <ul className="br-rows">
        {known.keys.map((one) => (
          <KeyRow key={one.vkey} one={one} drop={administers ? () => void drop.run(one.vkey) : null} />
        ))}
      </ul>
      <SentenceError trouble={drop.trouble} />
      {administers ? (
        <div>
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('keys.add')}
          </Button>
        </div>
      ) : null}
      {adding ? <AddKeyDialog onClose={() => setAdding(false)} added={changed} /> : null}
    </Panel>
  );
}

function OwnKey({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation();
  return (
    <div className="br-witness-key">
      <span className="br-soft">{label}</span>
      <code className="br-figures">{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-md" onClick={copy}>
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

function KeyRow({ one, drop }: { readonly one: WitnessKey; readonly drop: (() => void) | null }) {
  const { t } = useTranslation(['witness', 'common']);
  const { exact, number } = useFormat();
  return (
    <li className="br-witness-key">
      <strong>{one.name}</strong>
      <StateChip tone="quiet">{t(`keys.kind.${one.kind}`)}</StateChip>
      <code className="br-figures">{one.vkey}</code>
      <span className="br-soft">
        {one.newest === null
          ? t('keys.never')
          : t(`keys.newest.${one.kind}`, { number: number(one.newest.size), at: exact(one.newest.at) })}
      </span>
      {drop === null ? null : (
        <Button variant="default" size="compact-md" onClick={drop}>
          {t('common:remove')}
        </Button>
      )}
    </li>
  );
}

function AddKeyDialog({ onClose, added }: { readonly onClose: () => void; readonly added: () => void }) {
  const { t } = useTranslation('witness');
  const station = useStation();
  const [name, setName] = useState('');
  const [vkey, setVkey] = useState('');
  const add = useAct(async () => {
    await station.custody.trust({ name: name.trim(), vkey: vkey.trim() });
    added();
    onClose();
  });
  return (
    <FormDialog
      title={t('keys.add')}
      onClose={onClose}
      submit={t('keys.take')}
      onSubmit={() => void add.run()}
      busy={add.busy}
      trouble={add.trouble}
      ready={name.trim() !== '' && vkey.trim() !== ''}
    >
      <p className="br-soft">{t('keys.compare')}</p>
      <TextInput
        label={t('keys.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t('keys.vkey')}
        value={vkey}
        onChange={(event) => setVkey(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
    </FormDialog>
  );
}
