import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import type { RoomCalendar } from '../../shared/contract/planning.ts';
import { dayAfter, mondayOf, wallTime } from '../../shared/domain/zoneTime.ts';
import { useDesktop } from '../app/desktop.ts';
import { ZoneNote } from '../plan/ZoneNote.tsx';
import { Asking, EmptyState, Page, useAsk, useFormat } from '../ui/index.ts';
import { CalendarGrid, type HeadedColumn } from './CalendarGrid.tsx';
import { spanOf } from './grid.ts';
import { PlanHereDialog } from './PlanHereDialog.tsx';
import { PrintedDay } from './PrintedDay.tsx';
import './calendar.css';

type View = 'day' | 'week';
const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** The calendar of the rooms. An operator reads it; an investigator plans from it. */
export function CalendarScreen({ plans }: { readonly plans: boolean }) {
  const asked = useAsk('zone', async (station) => (await station.jurisdiction.inForce()).profile.timeZone.zone);
  return <Asking asked={asked}>{(zone) => <Calendar zone={zone} plans={plans} />}</Asking>;
}

function Calendar({ zone, plans }: { readonly zone: string; readonly plans: boolean }) {
  const { t } = useTranslation(['calendar', 'common']);
  const { print } = useDesktop();
  const { longDate, date } = useFormat('UTC');
  const wanted = new URLSearchParams(useSearch()).get('day');
  const today = wallTime(new Date(), zone).date;
  const [day, setDay] = useState(wanted !== null && /^\d{4}-\d\d-\d\d$/.test(wanted) ? wanted : today);
  const [view, setView] = useState<View>('day');
  const [room, setRoom] = useState<string | null>(null);
  const monday = mondayOf(day);
  const days = view === 'day' ? [day] : WEEK.map((n) => dayAfter(monday, n));
  const span = spanOf(days, zone);
  const asked = useAsk(
    `calendar ${span?.from} ${span?.until}`,
    (station) => (span === null ? Promise.resolve({ zone, rooms: [], slots: [] }) : station.planning.calendar(span)),
    15_000,
  );
  const by = view === 'day' ? 1 : 7;
  const title =
    view === 'day'
      ? longDate(`${day}T00:00:00Z`)
      : `${date(`${monday}T00:00:00Z`)} – ${date(`${dayAfter(monday, 6)}T00:00:00Z`)}`;
  return (
    <Page title={t('title')} lead={title}>
      <div className="br-calendar-bar">
        <SegmentedControl
          size="md"
          aria-label={t('view')}
          value={view}
          onChange={(value) => setView(value === 'week' ? 'week' : 'day')}
          data={[
            { value: 'day', label: t('day') },
            { value: 'week', label: t('week') },
          ]}
        />
        <ActionIcon variant="default" size={44} aria-label={t('before')} onClick={() => setDay(dayAfter(day, -by))}>
          <IconChevronLeft aria-hidden size={20} />
        </ActionIcon>
        <DateInput
          aria-label={t('date')}
          value={day}
          onChange={(value) => {
            if (value !== null) setDay(value);
          }}
          valueFormat="DD.MM.YYYY"
          className="br-calendar-date"
        />
        <ActionIcon variant="default" size={44} aria-label={t('after')} onClick={() => setDay(dayAfter(day, by))}>
          <IconChevronRight aria-hidden size={20} />
        </ActionIcon>
        <Button variant="default" onClick={() => setDay(wallTime(new Date(), zone).date)}>
          {t('today')}
        </Button>
        {view === 'week' && asked.data !== null && asked.data.rooms.length > 0 ? (
          <Select
            aria-label={t('room')}
            data={asked.data.rooms.map(({ id, name }) => ({ value: id, label: name }))}
            value={room ?? asked.data.rooms[0]?.id ?? null}
            onChange={setRoom}
            allowDeselect={false}
          />
        ) : null}
        {view === 'day' ? (
          <Button variant="subtle" leftSection={<IconPrinter aria-hidden size={18} />} onClick={() => void print()}>
            {t('common:print')}
          </Button>
        ) : null}
      </div>
      <ZoneNote zone={zone} />
      <Asking asked={asked}>
        {(calendar) => <Shown {...{ calendar, days, view, plans, title }} room={room ?? calendar.rooms[0]?.id ?? ''} />}
      </Asking>
    </Page>
  );
}

interface ShownProps {
  readonly calendar: RoomCalendar;
  readonly days: readonly string[];
  readonly view: View;
  readonly room: string;
  readonly plans: boolean;
  readonly title: string;
}

function Shown({ calendar, days, view, room, plans, title }: ShownProps) {
  const { t } = useTranslation('calendar');
  const { dayOfWeek } = useDayWords();
  const [here, setHere] = useState<{ column: HeadedColumn; at: Date } | null>(null);
  const [day = ''] = days;
  const columns: HeadedColumn[] =
    view === 'day'
      ? calendar.rooms.map(({ id, name }) => ({ room: id, day, label: name }))
      : days.map((one) => ({ room, day: one, label: dayOfWeek(one) }));
  const chosen = calendar.rooms.find(({ id }) => id === here?.column.room);
  if (calendar.rooms.length === 0) return <EmptyState>{t('noRoom')}</EmptyState>;
  return (
    <>
      <p className="br-soft">{t(plans ? 'hint' : 'hintReading')}</p>
      <CalendarGrid
        calendar={calendar}
        columns={columns}
        label={t('gridLabel', { title })}
        plan={plans ? (column, at) => setHere({ column, at }) : null}
      />
      {view === 'day' ? <PrintedDay calendar={calendar} day={day} title={t('paper.title', { day: title })} /> : null}
      {here === null || chosen === undefined ? null : (
        <PlanHereDialog room={chosen} at={here.at} zone={calendar.zone} onClose={() => setHere(null)} />
      )}
    </>
  );
}

/** `Mon 23` in the screen's language. Browsers have no Kazakh day words, so all three are ours. */
function useDayWords() {
  const { t } = useTranslation('calendar');
  const words = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  const dayOfWeek = (day: string) => {
    const word = words[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
    return `${t(`weekday.${word}`)} ${Number(day.slice(8))}`;
  };
  return { dayOfWeek };
}
