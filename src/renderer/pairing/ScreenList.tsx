import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PairedScreenView } from '../../shared/contract/pairing.ts';
import { SentenceError, StateChip, useAct, useFormat } from '../ui/index.ts';
import './pairing.css';

export interface ScreenListProps {
  readonly screens: readonly PairedScreenView[];
  readonly end: (screen: string) => Promise<unknown>;
}

/** The screens that were connected by a code: what they are, since when, whether they are there, and the way to end one. */
export function ScreenList({ screens, end }: ScreenListProps) {
  const { t } = useTranslation('pairing');
  const { time } = useFormat();
  const ending = useAct(end);
  if (screens.length === 0) return null;
  return (
    <div>
      <SentenceError trouble={ending.trouble} />
      <ul className="br-rows" aria-label={t('list.label')}>
        {screens.map(({ id, kind, label, since, lastSeen, here, network }) => {
          const name = label ?? t(`kind.${kind}`);
          return (
            <li className="br-row" key={id}>
              <div className="br-row-words">
                <strong>{name}</strong>
                <div className="br-soft br-num">
                  {label === null ? null : <>{t(`kind.${kind}`)} · </>}
                  {t('list.since', { time: time(since) })}
                  {here || lastSeen === null ? null : <> · {t('list.lastSeen', { time: time(lastSeen) })}</>}
                  {network ? null : <> · {t('list.thisMachine')}</>}
                </div>
              </div>
              <StateChip tone={here ? 'good' : 'quiet'}>{t(here ? 'list.here' : 'list.away')}</StateChip>
              <Button
                variant="default"
                size="compact-md"
                onClick={() => void ending.run(id)}
                disabled={ending.busy}
                aria-label={t('list.endOne', { name })}
              >
                {t('list.end')}
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
