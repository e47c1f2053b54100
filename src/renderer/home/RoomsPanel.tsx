import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CheckChip } from '../selfTest/LightChip.tsx';
import { Asking, EmptyState, Panel, SimulatedBadge, StateChip, useAsk } from '../ui/index.ts';

/** The rooms of the station and whether they are in use. */
export function RoomsPanel() {
  const { t } = useTranslation(['home', 'common']);
  const asked = useAsk('rooms', (station) => station.rooms.list(), 10_000);
  const checks = useAsk('checks', (station) => station.selfTest.last(), 10_000).data;
  return (
    <Panel title={t('rooms')}>
      <Asking asked={asked}>
        {(rooms) =>
          rooms.length === 0 ? (
            <EmptyState act={<Link href="/rooms/new">{t('admin.room.act')}</Link>}>{t('roomsNone')}</EmptyState>
          ) : (
            <ul className="br-rows">
              {rooms.map((room) => (
                <li className="br-row" key={room.id}>
                  <div className="br-row-words">
                    <Link href={`/rooms/${room.id}`} className="br-row-link">
                      {room.name}
                    </Link>
                    <div className="br-soft">
                      {room.sources.map(({ place }) => t(`common:source.${place}`)).join(', ')}
                    </div>
                  </div>
                  <div className="br-row-aside">
                    {room.simulated ? <SimulatedBadge /> : null}
                    <Link href={`/rooms/${room.id}/check`} className="br-row-link">
                      <CheckChip check={checks?.find((one) => one.room === room.id)} />
                    </Link>
                    <StateChip tone={room.busyWith === null ? 'good' : 'act'}>
                      {room.busyWith === null ? t('roomFree') : t('roomBusy')}
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
