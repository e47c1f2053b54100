import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAccount } from '../app/sessionStore.ts';
import { Asking, EmptyState, Page, Panel, SimulatedBadge, StateChip, useAsk } from '../ui/index.ts';
import { VoicePanel } from './VoicePanel.tsx';

/** The rooms of the station. */
export function RoomsScreen() {
  const { t } = useTranslation(['admin', 'common']);
  const asked = useAsk('rooms', (station) => station.rooms.list(), 10_000);
  const account = useAccount();
  const add = (
    <Button component={Link} href="/rooms/new" leftSection={<IconPlus aria-hidden size={18} />}>
      {t('rooms.add')}
    </Button>
  );
  return (
    <Page title={t('rooms.title')} lead={t('rooms.lead')} aside={add}>
      <Panel title={t('rooms.title')}>
        <Asking asked={asked}>
          {(rooms) =>
            rooms.length === 0 ? (
              <EmptyState>{t('rooms.empty')}</EmptyState>
            ) : (
              <ul className="br-rows">
                {rooms.map((room) => (
                  <li className="br-row" key={room.id}>
                    <div className="br-row-words">
                      <Link href={`/rooms/${room.id}`} className="br-row-link">
                        {room.name}
                      </Link>
                      <div className="br-soft">
                        {room.sources
                          .map(({ place, device }) => `${t(`common:source.${place}`)}: ${device.label}`)
                          .join(' · ')}
                      </div>
                    </div>
                    <div className="br-row-aside">
                      {room.simulated ? <SimulatedBadge /> : null}
                      <StateChip tone={room.busyWith === null ? 'good' : 'act'}>
                        {room.busyWith === null ? t('rooms.free') : t('rooms.busy')}
                      </StateChip>
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Asking>
      </Panel>
      {account?.role === 'administrator' ? <VoicePanel /> : null}
    </Page>
  );
}
