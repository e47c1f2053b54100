import { Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { CaseSummary, EarlierInterview } from '../../shared/contract/cases.ts';
import {
  type Asked,
  Asking,
  EmptyState,
  InterviewChip,
  NameWarning,
  Panel,
  StateChip,
  useFormat,
  useNames,
} from '../ui/index.ts';
import { ImportedList } from './ImportedList.tsx';
import type { PlanForm } from './planForm.ts';

/** States in which nothing has been told yet. */
const waiting: ReadonlySet<string> = new Set(['planned', 'ready']);

export interface EarlierPanelProps {
  readonly of: CaseSummary;
  readonly form: PlanForm;
  readonly change: (part: Partial<PlanForm>) => void;
  readonly before: Asked<{
    readonly earlier: readonly z.infer<typeof EarlierInterview>[];
    readonly perhaps: readonly unknown[];
  }>;
  readonly fault: (field: string) => string | null;
  /** How many children of this station could not be compared by name. */
  readonly uncompared: number;
  /** Another person leads it than led the last one: why is asked for. */
  readonly otherLeadAsked: boolean;
}

/** First of all: which child, and whether it has told it before. A further interview needs its reason and authority. */
export function EarlierPanel({ of, form, change, before, fault, uncompared, otherLeadAsked }: EarlierPanelProps) {
  const { t } = useTranslation(['plan', 'common']);
  const { dateTime } = useFormat();
  const names = useNames();
  if (of.children.length === 0) {
    return (
      <Panel title={t('child.title')}>
        <EmptyState>{t('child.none')}</EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title={t('child.title')}>
      <Select
        label={t('child.label')}
        data={of.children.map((child) => ({
          value: child.id,
          label: `${child.code} · ${names.age(child.ageYears)} · ${t(`common:child.${child.status}`)}`,
        }))}
        value={form.childId}
        onChange={(childId) => change({ childId: childId ?? '' })}
      />
      <h3>{t('earlier.title')}</h3>
      <Asking asked={before}>
        {({ earlier: list, perhaps }) =>
          list.length === 0 && perhaps.length > 0 ? (
            <div>
              <StateChip tone="warn">{t('earlier.undecided')}</StateChip>
            </div>
          ) : list.length === 0 ? (
            <div>
              <StateChip tone="good">{t('earlier.none')}</StateChip>
            </div>
          ) : (
            <>
              <p className="br-note">
                {list.every(({ state }) => waiting.has(state)) ? t('earlier.planned') : t('earlier.some')}
              </p>
              <ul className="br-rows">
                {list.map((one) => (
                  <li className="br-row" key={one.exhibit}>
                    <div className="br-row-words">
                      <strong className="br-num">{one.exhibit}</strong>
                      <div className="br-soft">
                        {dateTime(one.plannedAt)} ·{' '}
                        {t('earlier.row', { kind: names.kind(one.kind), number: one.caseNumber, officer: one.officer })}
                      </div>
                    </div>
                    <div className="br-row-aside">
                      <InterviewChip state={one.state} />
                    </div>
                  </li>
                ))}
              </ul>
              <Textarea
                label={t('further.reason')}
                description={t('further.reasonHint')}
                value={form.reason}
                onChange={(event) => change({ reason: event.currentTarget.value })}
                error={fault('reason')}
                required
              />
              <NameWarning text={form.reason} />
              <TextInput
                label={t('further.authority')}
                description={t('further.authorityHint')}
                value={form.authority}
                onChange={(event) => change({ authority: event.currentTarget.value })}
                error={fault('authority')}
                required
              />
              <NameWarning text={form.authority} />
              {otherLeadAsked ? (
                <div>
                  <Textarea
                    label={t('further.otherLead')}
                    description={t('further.otherLeadHint')}
                    value={form.otherLead}
                    onChange={(event) => change({ otherLead: event.currentTarget.value })}
                    error={fault('otherLead')}
                    required
                  />
                  <NameWarning text={form.otherLead} />
                </div>
              ) : (
                <p className="br-soft">{t('further.sameLead')}</p>
              )}
            </>
          )
        }
      </Asking>
      {uncompared === 0 ? null : <p className="br-note">{t('earlier.uncompared', { count: uncompared })}</p>}
      <ImportedList childId={form.childId} linked={before.again} />
    </Panel>
  );
}
