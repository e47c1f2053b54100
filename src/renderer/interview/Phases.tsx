import { Button } from '@mantine/core';
import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../shared/contract/recording.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { useSettings } from '../app/settings.ts';
import { Kbd, useFormat } from '../ui/index.ts';
import { isKnownPhase, usePhase } from '../ui/player/index.ts';

/** The phase after this one; the first where none was begun, null after the last. */
export function nextPhase(phase: string | null, phases: RecordingView['phases']): string | null {
  const now = phases.findIndex(({ id }) => id === phase);
  return phases[now + 1]?.id ?? null;
}

export interface PhasesProps {
  readonly phase: string | null;
  readonly phases: RecordingView['phases'];
  readonly timeline: readonly TimelineEntry[];
  /** Null for those who only watch. */
  readonly onPhase: ((phase: string) => void) | null;
}

/** The interview's phases in their order: what was, what is, what comes. Each can be begun at any time, also again. */
export function Phases({ phase, phases, timeline, onPhase }: PhasesProps) {
  const { t } = useTranslation('interview');
  const { clock } = useFormat();
  const language = useSettings((settings) => settings.language);
  const known = usePhase();
  const next = nextPhase(phase, phases);
  const been = new Set(timeline.filter(({ type }) => type === 'chapter').map(({ label }) => label));
  const since = timeline.findLast(({ type }) => type === 'chapter')?.at_ms ?? null;
  return (
    <nav className="br-phases" aria-label={t('phases.label')}>
      <ol>
        {phases.map(({ id: one, name }, index) => {
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
                  {isKnownPhase(one) ? known(one) : name[language]}
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
