import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import { WaitingPanel } from '../time/WaitingPanel.tsx';
import {
  Asking,
  EmptyState,
  Page,
  Panel,
  SimulatedBadge,
  StateChip,
  useAsk,
  useFormat,
  useNames,
} from '../ui/index.ts';
import './archive.css';
import { ImportDialog } from './ImportDialog.tsx';
import { RecipientPanel } from './RecipientPanel.tsx';

const filters = ['all', 'offered', 'accepted', 'imported'] as const;
type Filter = (typeof filters)[number];

/** The archive's list: what waits to be accepted first, what is kept, what came from elsewhere. */
export function ArchiveScreen() {
  const { t } = useTranslation('archive');
  const asked = useAsk('exhibits', (station) => station.exhibits.list(), 10_000);
  const [filter, setFilter] = useState<Filter>('all');
  const [find, setFind] = useState('');
  const [importing, setImporting] = useState(false);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      aside={
        <Button variant="default" onClick={() => setImporting(true)}>
          {t('import.act')}
        </Button>
      }
    >
      <Panel title={t('list')}>
        <div className="br-archive-tools">
          <SegmentedControl
            aria-label={t('filter.label')}
            value={filter}
            onChange={setFilter}
            data={filters.map((one) => ({ value: one, label: t(`filter.${one}`) }))}
          />
          <TextInput
            aria-label={t('find')}
            placeholder={t('find')}
            leftSection={<IconSearch aria-hidden size={18} />}
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
        </div>
        <Asking asked={asked}>
          {(all) => {
            if (all.length === 0) return <EmptyState>{t('none')}</EmptyState>;
            const shown = all.filter((one) => belongs(one, filter) && matches(one, find)).toSorted(waitingFirst);
            if (shown.length === 0) return <EmptyState>{t('noneFound')}</EmptyState>;
            return (
              <ul className="br-rows">
                {shown.map((exhibit) => (
                  <ExhibitRow key={exhibit.number} exhibit={exhibit} />
                ))}
              </ul>
            );
          }}
        </Asking>
      </Panel>
      <div className="br-columns">
        <WaitingPanel />
        <RecipientPanel />
      </div>
      {importing ? <ImportDialog onClose={() => setImporting(false)} onDone={asked.again} /> : null}
    </Page>
  );
}

function belongs(exhibit: Exhibit, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'offered':
    case 'accepted':
      return exhibit.archive === filter;
    case 'imported':
      return exhibit.origin === 'imported';
  }
}

function matches({ number, caseNumber, childCode }: Exhibit, find: string): boolean {
  const wanted = find.trim().toLowerCase();
  return [number, caseNumber, childCode].some((text) => text.toLowerCase().includes(wanted));
}

function waitingFirst(a: Exhibit, b: Exhibit): number {
  const waits = (one: Exhibit) => (one.archive === 'offered' ? 0 : 1);
  return waits(a) - waits(b) || (b.sealedAt ?? '').localeCompare(a.sealedAt ?? '');
}

const tones = { 'with-officer': 'quiet', offered: 'waits', accepted: 'good' } as const;

function ExhibitRow({ exhibit }: { readonly exhibit: Exhibit }) {
  const { t } = useTranslation('archive');
  const { duration, dateTime } = useFormat();
  const names = useNames();
  return (
    <li className="br-row">
      <div className="br-row-words">
        <Link href={`/exhibit/${exhibit.number}`} className="br-row-link br-num">
          {exhibit.number}
        </Link>
        <div className="br-soft br-num">
          {names.kind(exhibit.kind)}, {names.child(exhibit.childCode)} · {exhibit.caseNumber}
          {exhibit.startedAt === null ? null : ` · ${dateTime(exhibit.startedAt)}`}
          {exhibit.durationMs === null ? null : ` · ${duration(exhibit.durationMs)}`}
        </div>
      </div>
      <div className="br-row-aside">
        {exhibit.simulated ? <SimulatedBadge /> : null}
        {exhibit.origin === 'imported' ? <StateChip tone="quiet">{t('from.imported')}</StateChip> : null}
        <StateChip tone={tones[exhibit.archive]}>{t(`exhibit.archive.${exhibit.archive}`)}</StateChip>
      </div>
    </li>
  );
}
