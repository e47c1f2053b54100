import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExhibitKey } from '../../shared/contract/exhibits.ts';
import { useStation } from '../app/client.ts';
import { Asking, ConfirmDialog, Panel, SentenceError, StateChip, useAct, useAsk, useFormat } from '../ui/index.ts';
import './access.css';

export interface ExhibitKeyPanelProps {
  readonly exhibit: string;
  readonly onChange: () => void;
}

/** The lawful end of a recording: one key holder asks, another destroys the key; both type the number. */
export function ExhibitKeyPanel({ exhibit, onChange }: ExhibitKeyPanelProps) {
  const { t } = useTranslation('access');
  const asked = useAsk(`key of ${exhibit}`, (station) => station.exhibits.key({ exhibit }), 15_000);
  const changed = () => {
    asked.again();
    onChange();
  };
  return (
    <Panel title={t('end.title')}>
      <Asking asked={asked}>{(key) => <KeyState exhibit={exhibit} held={key} changed={changed} />}</Asking>
    </Panel>
  );
}

interface KeyStateProps {
  readonly exhibit: string;
  readonly held: ExhibitKey;
  readonly changed: () => void;
}

function KeyState({ exhibit, held, changed }: KeyStateProps) {
  const { t } = useTranslation('access');
  const { exact } = useFormat();
  const station = useStation();
  const [asking, setAsking] = useState(false);
  const withdraw = useAct(async () => {
    await station.exhibits.withdrawDestruction({ exhibit });
    changed();
  });
  if (held.state === 'destroyed') {
    return (
      <>
        <div>
          <StateChip tone="quiet">{t('end.gone')}</StateChip>
        </div>
        <p>{t('end.goneText')}</p>
      </>
    );
  }
  const told = { name: held.askedBy ?? '', at: held.askedAt === null ? '' : exact(held.askedAt), reason: held.reason };
  return (
    <>
      <p className="br-soft">{t('end.lead')}</p>
      {held.state === 'kept' ? null : <p>{t('end.askedText', { ...told, reason: held.reason ?? '' })}</p>}
      {held.state === 'asked' && held.own ? (
        <div>
          <StateChip tone="waits">{t('end.waits')}</StateChip>
        </div>
      ) : null}
      <SentenceError trouble={withdraw.trouble} />
      <div className="br-key-acts">
        {held.state === 'asked' ? (
          <Button variant="default" onClick={() => void withdraw.run()} loading={withdraw.busy}>
            {t('end.withdraw')}
          </Button>
        ) : null}
        {held.own ? null : (
          <Button variant="default" onClick={() => setAsking(true)}>
            {held.state === 'kept' ? t('end.ask') : t('end.confirm')}
          </Button>
        )}
      </div>
      {asking ? (
        <EndDialog exhibit={exhibit} asks={held.state === 'kept'} close={() => setAsking(false)} changed={changed} />
      ) : null}
    </>
  );
}

interface EndDialogProps {
  readonly exhibit: string;
  /** True for who asks, false for who confirms and destroys. */
  readonly asks: boolean;
  readonly close: () => void;
  readonly changed: () => void;
}

function EndDialog({ exhibit, asks, close, changed }: EndDialogProps) {
  const { t } = useTranslation('access');
  const station = useStation();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const act = useAct(async () => {
    if (asks) await station.exhibits.askDestruction({ exhibit, typed, reason });
    else await station.exhibits.destroyKey({ exhibit, typed });
    changed();
    close();
  });
  return (
    <ConfirmDialog
      opened
      title={asks ? t('end.askTitle') : t('end.confirmTitle')}
      text={
        <ul className="br-key-said">
          <li>{t('end.all')}</li>
          <li>{t('end.stays')}</li>
          <li>{t('end.backups')}</li>
        </ul>
      }
      confirm={asks ? t('end.askConfirm') : t('end.confirmDo')}
      onConfirm={() => void act.run()}
      onClose={close}
      busy={act.busy}
      trouble={act.trouble}
      ready={typed.trim() === exhibit && (!asks || reason.trim() !== '')}
    >
      {asks ? (
        <TextInput
          label={t('end.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={200}
        />
      ) : null}
      <TextInput
        mt="md"
        label={t('end.number', { exhibit })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
    </ConfirmDialog>
  );
}
