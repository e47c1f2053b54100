import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { LightChip } from '../selfTest/LightChip.tsx';
import { useFormat } from '../ui/index.ts';
import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';

/** Today's self-test of the room, with a way to run it while the room is free. */
export function RoomSection({ view }: Checklist) {
  const { t } = useTranslation('preparation');
  const { dateTime } = useFormat();
  const { test, interview } = view;
  return (
    <PartOf view={view} section="room">
      <p className="br-soft">{t('room.text')}</p>
      <div className="br-prep-row">
        <span className="br-prep-grow">
          {test === null ? t('room.never') : t('room.at', { at: dateTime(test.at), by: test.by })}
        </span>
        {test?.today === true ? <LightChip light={test.light} /> : null}
        {interview.state === 'planned' ? (
          <Button
            component={Link}
            href={`/rooms/${interview.room.id}/check?for=${interview.id}`}
            variant="default"
            size="md"
          >
            {t(test?.today === true ? 'room.again' : 'room.run')}
          </Button>
        ) : null}
      </div>
      {interview.state === 'ready' && test?.today !== true ? <p className="br-soft">{t('room.running')}</p> : null}
    </PartOf>
  );
}
