import { Button } from '@mantine/core';
import { IconArrowRight, IconCup, IconMessageCircle, IconSquareRotatedFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InterviewerView } from '../../shared/contract/conducting.ts';
import { freshWish } from '../../shared/domain/childWishes.ts';
import { later, type Measure, nearness } from '../../shared/domain/timeGuard.ts';
import { useSettings } from '../app/settings.ts';
import { InterviewerInbox } from '../questions/InterviewerInbox.tsx';
import { isKnownPhase, usePhase } from '../ui/player/index.ts';
import { useFormat } from '../ui/useFormat.ts';
import { useRunning } from '../ui/useRunning.ts';
import type { Interviewer } from './useInterviewer.ts';

export interface QuietRoomProps {
  readonly interview: string;
  readonly view: InterviewerView;
  readonly away: boolean;
  readonly press: Interviewer['press'];
}

/** The time and the break, the phase and the next one, what the child wishes; and three buttons for one finger. */
export function QuietRoom({ interview, view, away, press }: QuietRoomProps) {
  const { t } = useTranslation(['interviewer', 'interview']);
  const { clock, duration } = useFormat();
  const nameOf = usePhaseName(view.phases);
  const now = useRunning(view.elapsedMs);
  const guard = view.guard === null ? null : later(view.guard, now - (view.elapsedMs ?? now));
  const at = view.phases.findIndex(({ id }) => id === view.phase);
  const next = view.phases[at + 1]?.id ?? null;
  const wish = freshWish(view.wish, now);
  const breakAct = () => {
    const label = wish === 'break' ? t('interview:break.why.child') : t('breakWhy');
    press({ type: 'break', interview, label: view.pause?.label ?? label, begins: view.pause === null });
  };
  return (
    <main className="br-aside" aria-label={t('title')}>
      <header className="br-aside-head">
        <span className="br-aside-clock br-num" role="timer" aria-label={t('interview:clock.label')}>
          {clock(now)}
        </span>
        {guard === null ? null : (
          <dl className="br-aside-limits">
            {(view.pause === null ? [guard.run, guard.day] : [guard.day]).map((one) => (
              <Left key={one.which} measure={one} />
            ))}
          </dl>
        )}
        {view.pause === null ? null : (
          <span className="br-aside-chip" role="status">
            {t('pauseSince', { time: duration(now - view.pause.sinceMs) })}
          </span>
        )}
      </header>
      <div className="br-aside-middle">
        <div className="br-aside-phase">
          <span className="br-soft">{t('phaseNow')}</span>
          <strong>{view.phase === null ? t('phaseNone') : nameOf(view.phase)}</strong>
          <span className="br-soft">{next === null ? t('phaseLast') : t('phaseNext', { name: nameOf(next) })}</span>
        </div>
        <div role="status">
          {wish !== null ? (
            <p className="br-aside-wish">
              <IconMessageCircle aria-hidden size={28} stroke={1.5} />
              <span>
                <span className="br-soft">{t('wishFrom')}</span>
                {t(`wish.${wish}`)}
              </span>
            </p>
          ) : null}
        </div>
        <InterviewerInbox interview={interview} />
        <div role="status">{away ? <p className="br-note">{t('away')}</p> : null}</div>
      </div>
      <footer className="br-aside-acts">
        <Button
          variant="default"
          onClick={() => press({ type: 'marker', interview, label: '' })}
          leftSection={<IconSquareRotatedFilled aria-hidden size={20} />}
        >
          <span className="br-aside-act">
            {t('marker')}
            {view.markers === 0 ? null : <small aria-live="polite">{t('markerSet', { count: view.markers })}</small>}
          </span>
        </Button>
        <Button
          variant="default"
          disabled={next === null}
          onClick={() => (next === null ? undefined : press({ type: 'chapter', interview, phase: next }))}
          leftSection={<IconArrowRight aria-hidden size={20} />}
        >
          <span className="br-aside-act">{next === null ? t('phaseLast') : t('toPhase', { name: nameOf(next) })}</span>
        </Button>
        <Button variant="default" onClick={breakAct} leftSection={<IconCup aria-hidden size={20} />}>
          <span className="br-aside-act">{view.pause === null ? t('break') : t('endBreak')}</span>
        </Button>
      </footer>
    </main>
  );
}

/** What is left of a limit; nothing where there is none. */
function Left({ measure }: { readonly measure: Measure }) {
  const { t } = useTranslation('interviewer');
  const { duration } = useFormat();
  const { which, usedMs, limitMs } = measure;
  if (limitMs === null) return null;
  const left = limitMs - usedMs;
  return (
    <div data-near={nearness(measure)}>
      <dt>{t(`limits.${which}`)}</dt>
      <dd className="br-num">
        {left > 0
          ? t('limits.left', { left: duration(Math.ceil(left / 60_000) * 60_000) })
          : t(`limits.past.${which}`, { time: duration(-left) })}
      </dd>
    </div>
  );
}

/** How a phase is called: in the product's words, or in those of the rules. */
function usePhaseName(phases: InterviewerView['phases']): (id: string) => string {
  const known = usePhase();
  const language = useSettings((settings) => settings.language);
  return (id) => (isKnownPhase(id) ? known(id) : (phases.find((one) => one.id === id)?.name[language] ?? id));
}
