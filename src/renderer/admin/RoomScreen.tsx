import { useTranslation } from 'react-i18next';
import { Asking, EmptyState, Page, useAsk } from '../ui/index.ts';
import './admin.css';
import { RoomForm } from './RoomForm.tsx';

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
            {room === undefined ? <EmptyState>{t('rooms.lead')}</EmptyState> : <RoomForm key={room.id} room={room} />}
          </Page>
        );
      }}
    </Asking>
  );
}
