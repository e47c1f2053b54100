import { Button } from '@mantine/core';
import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Phase } from '../../shared/contract/recording.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { Kbd, useFormat } from '../ui/index.ts';
import { usePhase } from '../ui/player/index.ts';

/** The phase after this one; the first where none was begun, null after the last. */
export function nextPhase(phase: string | null): Phase | null {
  const order = Phase.options;
  const now = order.findIndex((one) => phase !== null && one === phase);
  return order[now + 1] ?? null;
}

export interface PhasesProps {
  readonly phase: string | null;
  readonly timeline: readonly TimelineEntry[];
  /** Null for those who only watch. */
  readonly onPhase: ((phase: Phase) => void) | null;
}

/** The interview's phases in their order: what was, what is, what comes. Each can be begun at any time, also again. */
export function Phases({ phase, timeline, onPhase }: PhasesProps) {
  const { t } = useTranslation('interview');
  const { clock } = useFormat();
  const name = usePhase();
  const next = nextPhase(phase);
  const been = new Set(timeline.filter(({ type }) => type === 'chapter').map(({ label }) => label));
  const since = timeline.findLast(({ type }) => type === 'chapter')?.at_ms ?? null;
  return (
    <nav className="br-phases" aria-label={t('phases.label')}>
      <ol>
        {Phase.options.map((one, index) => {
          const current = one === phase;
          const done = !current && been.has(one);
          return (
            <Fragment key={one}>
              {index === 0 ? null : <IconChevronRight aria-hidden size={14} className="br-phases-arrow" />}
              <li>
                <button
                  type="button"
                  disabled={onPhase === null}
                  onClick={() => onPhase?.(one)}
                  aria-current={current ? 'step' : undefined}
                  data-done={done ? 'true' : undefined}
                >
                  {done ? <IconCheck size={14} aria-label={t('phases.done')} /> : null}
                  {name(one)}
                  {current && since !== null ? <span className="br-num"> · {clock(since)}</span> : null}
                </button>
              </li>
            </Fragment>
          );
        })}
      </ol>
      {onPhase === null || next === null ? null : (
        <Button variant="subtle" size="compact-md" onClick={() => onPhase(next)} rightSection={<Kbd>N</Kbd>}>
          {t('phases.next')}
        </Button>
      )}
    </nav>
  );
}
