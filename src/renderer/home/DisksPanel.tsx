import { useTranslation } from 'react-i18next';
import type { Target } from '../../shared/contract/station.ts';
import { littleRoom } from '../../shared/domain/diskRoomMark.ts';
import { Asking, EmptyState, Panel, StateChip, useAsk, useFormat } from '../ui/index.ts';

function TargetChip({ target }: { readonly target: Target }) {
  const { t } = useTranslation('home');
  if (target.problem !== null) return <StateChip tone="lost">{t('diskTrouble')}</StateChip>;
  if (littleRoom(target.lastsMs)) return <StateChip tone="warn">{t('diskLow')}</StateChip>;
  return (
    <StateChip tone={target.shared ? 'warn' : 'good'}>{target.shared ? t('diskShared') : t('diskWell')}</StateChip>
  );
}

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
                    <TargetChip target={target} />
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
