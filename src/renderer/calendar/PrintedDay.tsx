import { useTranslation } from 'react-i18next';
import type { RoomCalendar } from '../../shared/contract/planning.ts';
import { useFormat, useNames } from '../ui/index.ts';
import { blocksOf } from './grid.ts';

/** A day on paper, room by room; seen by the printer alone. */
export function PrintedDay({
  calendar,
  day,
  title,
}: {
  readonly calendar: RoomCalendar;
  readonly day: string;
  readonly title: string;
}) {
  const { t } = useTranslation(['calendar', 'common']);
  const { time } = useFormat(calendar.zone);
  const names = useNames();
  return (
    <div className="br-calendar-paper" aria-hidden>
      <h1>{title}</h1>
      {calendar.rooms.map((room) => {
        const blocks = blocksOf(calendar.slots, { room: room.id, day }, calendar.zone, [0, 24]);
        return (
          <section key={room.id}>
            <h2>{room.name}</h2>
            {blocks.length === 0 ? <p>{t('paper.none')}</p> : null}
            <table>
              <tbody>
                {blocks.map(({ slot }) => (
                  <tr key={slot.from}>
                    <td>
                      {time(slot.from)}–{time(slot.until)}
                    </td>
                    {slot.interview === null ? (
                      <td colSpan={4}>{t('taken')}</td>
                    ) : (
                      <>
                        <td>{names.kind(slot.interview.kind)}</td>
                        <td>{names.child(slot.interview.child)}</td>
                        <td>{slot.interview.officer}</td>
                        <td>{slot.interview.exhibit}</td>
                      </>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
    </div>
  );
}
