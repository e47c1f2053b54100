import { Button, Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreparationReading } from '../../shared/contract/preparation.ts';
import { OFFICER } from '../../shared/domain/preparationAnswers.ts';
import { usePeople } from '../interview/usePeople.ts';
import { StateChip, useFormat } from '../ui/index.ts';
import type { Checklist } from './checklistPart.ts';
import { SaidBy } from './SaidBy.tsx';
import { WordsField } from './WordsField.tsx';

interface ReadingAnswerProps {
  readonly list: Checklist;
  readonly reading: PreparationReading;
}

/** What became of a reading; until somebody said so, or where they change it, the three ways to say it. */
export function ReadingAnswer({ list, reading }: ReadingAnswerProps) {
  const { t } = useTranslation('preparation');
  const { time } = useFormat();
  const people = usePeople(list.view.interview.participants);
  const [changes, setChanges] = useState(false);
  const entry = list.entry(`reading.${reading.rule}`);
  const given = entry?.answer.about === 'reading' ? entry.answer : null;
  const outdated = list.view.standing.gaps.some(({ why, item }) => why === 'reading-outdated' && item === reading.rule);
  if (entry === null || given === null || changes || (outdated && list.view.open)) {
    return (
      <>
        {outdated ? <StateChip tone="warn">{t('reading.outdated')}</StateChip> : null}
        {list.view.open ? <ReadingWays list={list} reading={reading} onDone={() => setChanges(false)} /> : null}
      </>
    );
  }
  const who =
    given.by === OFFICER
      ? list.view.interview.officer.name
      : (people.find(({ code }) => code === given.by)?.name ?? '');
  const said =
    given.state === 'read'
      ? t(given.interpreted ? 'reading.wasReadInterpreted' : 'reading.wasRead', { who, time: time(entry.at) })
      : given.state === 'in-recording'
        ? t('reading.isLater')
        : t('reading.wasSkipped', { reason: entry.words ?? '' });
  return (
    <div className="br-prep-row">
      <StateChip tone={given.state === 'read' ? 'good' : given.state === 'skipped' ? 'warn' : 'act'}>{said}</StateChip>
      <span className="br-prep-grow">
        {given.state === 'read' && entry.before === null ? null : <SaidBy entry={entry} />}
      </span>
      {list.view.open ? (
        <Button variant="subtle" size="md" onClick={() => setChanges(true)}>
          {t('change')}
        </Button>
      ) : null}
    </div>
  );
}

function ReadingWays({ list, reading, onDone }: ReadingAnswerProps & { readonly onDone: () => void }) {
  const { t } = useTranslation('preparation');
  const { interview } = list.view;
  const people = usePeople(interview.participants);
  const readers = [
    ...(reading.readBy.includes('investigator') ? [{ value: OFFICER, label: interview.officer.name }] : []),
    ...people
      .filter(({ code }) =>
        interview.participants.some((one) => one.code === code && reading.readBy.includes(one.capacity)),
      )
      .map(({ code, name }) => ({ value: code, label: name })),
  ];
  const [by, setBy] = useState(readers[0]?.value ?? null);
  const [interpreted, setInterpreted] = useState(
    interview.participants.some(({ capacity }) => capacity === 'interpreter'),
  );
  const [skips, setSkips] = useState(false);
  const say = async (state: 'read' | 'in-recording' | 'skipped', words: string | null) => {
    const read = state === 'read';
    const said = await list.answer(
      {
        ...{ about: 'reading', rule: reading.rule, state, by: read ? by : null },
        ...{ language: reading.language, interpreted: read && interpreted },
      },
      words,
    );
    if (said) onDone();
    return said;
  };
  return (
    <div className="br-prep-ways">
      <div className="br-prep-row">
        <Select
          label={t('reading.reader')}
          data={readers}
          value={by}
          onChange={setBy}
          allowDeselect={false}
          size="md"
          comboboxProps={{ withinPortal: true }}
        />
        {interview.participants.some(({ capacity }) => capacity === 'interpreter') ? (
          <Checkbox
            label={t('reading.interpreted')}
            checked={interpreted}
            onChange={(event) => setInterpreted(event.currentTarget.checked)}
          />
        ) : null}
      </div>
      <div className="br-prep-acts">
        <Button
          size="md"
          variant="light"
          disabled={by === null}
          onClick={() => void say('read', null)}
          loading={list.busy}
        >
          {t('reading.read')}
        </Button>
        <Button size="md" variant="default" onClick={() => void say('in-recording', null)}>
          {t('reading.later')}
        </Button>
        <Button size="md" variant="subtle" onClick={() => setSkips(true)} aria-expanded={skips}>
          {t('reading.skip')}
        </Button>
      </div>
      {skips ? (
        <WordsField
          label={t('reading.why')}
          saved={null}
          busy={list.busy}
          disabled={false}
          onSave={(words) => say('skipped', words)}
        />
      ) : null}
    </div>
  );
}
