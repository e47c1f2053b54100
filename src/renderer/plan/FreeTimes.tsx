import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { wallTime } from '../../shared/domain/zoneTime.ts';
import { Asking, useAsk, useFormat } from '../ui/index.ts';
import { instantOf, type WhenForm } from './planForm.ts';

export interface FreeTimesProps {
  readonly form: WhenForm;
  readonly zone: string;
  readonly take: (when: { date: string; time: string }) => void;
}

/** Where a room is taken: the nearest times at which it is free, one press each, and the way to the calendar. */
export function FreeTimes({ form, zone, take }: FreeTimesProps) {
  const { t } = useTranslation('plan');
  const { dateTime } = useFormat(zone);
  const around = instantOf(form.date, form.time, zone);
  const { room, minutes } = form;
  const asked = useAsk(`free ${room} ${around} ${minutes}`, (station) =>
    around === null || room === '' ? Promise.resolve([]) : station.planning.freeTimes({ room, around, minutes }),
  );
  return (
    <div className="br-free">
      <Asking asked={asked}>
        {(times) => (
          <>
            <p>{times.length === 0 ? t('free.none') : t('free.title')}</p>
            <div className="br-chips">
              {times.map((at) => (
                <Button key={at} variant="default" onClick={() => take(wallTime(new Date(at), zone))}>
                  {dateTime(at)}
                </Button>
              ))}
              <Button variant="subtle" component={Link} href={`/calendar?day=${form.date}`}>
                {t('free.calendar')}
              </Button>
            </div>
          </>
        )}
      </Asking>
    </div>
  );
}
