import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Room } from '../../shared/contract/rooms.ts';
import { CheckChip } from '../selfTest/LightChip.tsx';
import { Asking, EmptyState, Page, useAsk } from '../ui/index.ts';
import './admin.css';
import { RoomForm } from './RoomForm.tsx';

/** A room's form, and how it stands today. */
function KnownRoom({ room }: { readonly room: Room }) {
  const { t } = useTranslation('selfTest');
  const check = useAsk('checks', (station) => station.selfTest.last()).data?.find((one) => one.room === room.id);
  return (
    <>
      <p className="br-simulated-note">
        <CheckChip check={check} /> <Link href={`/rooms/${room.id}/check`}>{t('run')}</Link>
      </p>
      <RoomForm key={room.id} room={room} />
    </>
  );
}

/** One room, or a new one where `id` is null. */
export function RoomScreen({ id }: { readonly id: string | null }) {
  const { t } = useTranslation('admin');
  const back = { to: '/rooms', label: t('rooms.title') };
  const asked = useAsk(`room ${id}`, (station) => station.rooms.list());
  if (id === null) {
    return (
      <Page title={t('room.newTitle')} back={back} width="narrow">
        <RoomForm room={null} />
      </Page>
    );
  }
  return (
    <Asking asked={asked}>
      {(rooms) => {
        const room = rooms.find((one) => one.id === id);
        return (
          <Page title={room?.name ?? t('room.unknown')} back={back} width="narrow">
            {room === undefined ? <EmptyState>{t('rooms.lead')}</EmptyState> : <KnownRoom room={room} />}
          </Page>
        );
      }}
    </Asking>
  );
}
