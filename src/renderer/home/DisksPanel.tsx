import { useTranslation } from 'react-i18next';
import { Asking, EmptyState, Panel, StateChip, useAsk, useFormat } from '../ui/index.ts';

/** The folders that recordings go to, and how much room is left. */
export function DisksPanel() {
  const { t } = useTranslation('home');
  const { bytes, duration } = useFormat();
  const asked = useAsk('targets', (station) => station.station.targets(), 10_000);
  return (
    <Panel title={t('disks')}>
      <Asking asked={asked}>
        {(targets) =>
          targets.length === 0 ? (
            <EmptyState>{t('disksNone')}</EmptyState>
          ) : (
            <ul className="br-rows">
              {targets.map((target) => (
                <li className="br-row" key={target.path}>
                  <div className="br-row-words">
                    <div>{target.path}</div>
                    <div className="br-soft br-num">
                      {target.freeBytes === null ? null : t('diskFree', { free: bytes(target.freeBytes) })}
                      {target.lastsMs === null ? null : <> · {t('diskLasts', { time: duration(target.lastsMs) })}</>}
                    </div>
                  </div>
                  <div className="br-row-aside">
                    <StateChip tone={target.problem !== null ? 'lost' : target.shared ? 'warn' : 'good'}>
                      {target.problem !== null ? t('diskTrouble') : target.shared ? t('diskShared') : t('diskWell')}
                    </StateChip>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Asking>
    </Panel>
  );
}
