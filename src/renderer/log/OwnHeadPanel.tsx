import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Witnesses } from '../../shared/contract/custody.ts';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, StateChip, useAct, useFormat } from '../ui/index.ts';
import { BroughtText } from './BroughtText.tsx';
import { CarriedText } from './CarriedText.tsx';

export interface WitnessPanelProps {
  readonly known: Witnesses;
  readonly changed: () => void;
}

/** This station's head: made into a file for a witness, and taken in again when it comes back signed. */
export function OwnHeadPanel({ known, changed }: WitnessPanelProps) {
  const { t } = useTranslation('witness');
  const { number } = useFormat();
  const station = useStation();
  const witnesses = known.keys.filter(({ kind }) => kind === 'witness');
  const [chosen, setChosen] = useState<string | null>(null);
  const [old, setOld] = useState<number | null>(null);
  const [made, setMade] = useState<{ readonly text: string; readonly size: number } | null>(null);
  const [taken, setTaken] = useState<number | null>(null);
  const make = useAct(async () => {
    setMade(await station.custody.checkpoint({ witness: chosen ?? witnesses[0]?.vkey ?? null, old }));
    changed();
  });
  const take = useAct(async (text: string) => {
    setTaken((await station.custody.cosigned({ text })).size);
    setMade(null);
    changed();
  });
  return (
    <Panel title={t('own.title')}>
      <p className="br-soft">{t('own.text')}</p>
      {witnesses.length === 0 ? (
        <p className="br-soft">{t('own.none')}</p>
      ) : (
        <>
          <div className="br-witness-row">
            <Select
              label={t('own.witness')}
              data={witnesses.map(({ vkey, name }) => ({ value: vkey, label: name }))}
              value={chosen ?? witnesses[0]?.vkey ?? null}
              onChange={setChosen}
              allowDeselect={false}
            />
            <NumberInput
              label={t('own.old')}
              description={t('own.oldHint')}
              value={old ?? ''}
              onChange={(value) => setOld(typeof value === 'number' ? value : null)}
              min={0}
              allowDecimal={false}
              hideControls
            />
            <Button onClick={() => void make.run()} loading={make.busy}>
              {t('own.make')}
            </Button>
          </div>
          <SentenceError trouble={make.trouble} />
          {made === null ? null : (
            <CarriedText
              text={made.text}
              file={`${known.origin.replaceAll('/', '-')}-${made.size}.checkpoint`}
              label={t('own.made', { number: number(made.size) })}
            />
          )}
          <BroughtText
            label={t('own.back')}
            hint={t('own.backHint')}
            act={t('own.take')}
            busy={take.busy}
            onText={take.run}
          />
          <SentenceError trouble={take.trouble} />
          {taken === null ? null : <StateChip tone="good">{t('own.taken', { number: number(taken) })}</StateChip>}
        </>
      )}
    </Panel>
  );
}
