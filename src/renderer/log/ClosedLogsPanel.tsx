import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Witnesses } from '../../shared/contract/custody.ts';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, useAct, useFormat } from '../ui/index.ts';
import { CarriedText } from './CarriedText.tsx';
import type { WitnessPanelProps } from './OwnHeadPanel.tsx';

/** The logs that were closed when the station was restored: their last heads go to the same witnesses, who then sign no other. */
export function ClosedLogsPanel({ known, changed }: WitnessPanelProps) {
  const { t } = useTranslation('witness');
  if (known.closed.length === 0) return null;
  return (
    <Panel title={t('closed.title')}>
      <p className="br-soft">{t('closed.text')}</p>
      <ul className="br-rows">
        {known.closed.map((log) => (
          <ClosedLog key={log.origin} log={log} changed={changed} />
        ))}
      </ul>
    </Panel>
  );
}

function ClosedLog({ log, changed }: { readonly log: Witnesses['closed'][number]; readonly changed: () => void }) {
  const { t } = useTranslation('witness');
  const { exact, number } = useFormat();
  const station = useStation();
  const [text, setText] = useState<string | null>(null);
  const make = useAct(async () => {
    setText((await station.custody.checkpoint({ witness: null, old: null, log: log.origin })).text);
    changed();
  });
  return (
    <li className="br-witness-key">
      <strong>{log.origin}</strong>
      <span className="br-soft">{t('closed.size', { number: number(log.size) })}</span>
      {log.cosigned.length === 0 ? <span className="br-soft">{t('closed.none')}</span> : null}
      {log.cosigned.map(({ name, size, at }) => (
        <span key={name} className="br-soft">
          {t('closed.by', { name, number: number(size), at: exact(at) })}
        </span>
      ))}
      <Button variant="default" size="compact-md" onClick={() => void make.run()} loading={make.busy}>
        {t('own.make')}
      </Button>
      <SentenceError trouble={make.trouble} />
      {text === null ? null : (
        <CarriedText
          text={text}
          file={`${log.origin.replaceAll('/', '-')}-${log.size}.checkpoint`}
          label={t('own.made', { number: number(log.size) })}
        />
      )}
    </li>
  );
}
