import { useTranslation } from 'react-i18next';
import type { ObserverView } from '../../shared/contract/observers.ts';
import { freshWish } from '../../shared/domain/childWishes.ts';
import { useSettings } from '../app/settings.ts';
import { usePeople } from '../interview/usePeople.ts';
import { StateChip } from '../ui/index.ts';
import { isKnownPhase, usePhase } from '../ui/player/index.ts';
import { useFormat } from '../ui/useFormat.ts';
import { useRunning } from '../ui/useRunning.ts';

export interface ObservedHeadProps {
  readonly view: ObserverView;
  readonly away: boolean;
}

/** How long it runs, in which phase it is, and who is in which room, by capacity. */
export function ObservedHead({ view, away }: ObservedHeadProps) {
  const { t } = useTranslation(['live', 'common', 'interview']);
  const { clock } = useFormat();
  const now = useRunning(view.elapsedMs);
  const known = usePhase();
  const language = useSettings((settings) => settings.language);
  const people = usePeople(view.present);
  const own = view.phases.find(({ id }) => id === view.phase)?.name[language];
  const phase = view.phase === null ? null : isKnownPhase(view.phase) ? known(view.phase) : (own ?? view.phase);
  const wish = freshWish(view.wish, now);
  return (
    <header className="br-observe-head">
      <p className="br-observe-now">
        <span className="br-num" role="timer" aria-label={t('screen.elapsed')}>
          {clock(now)}
        </span>
        {phase === null ? null : <span aria-live="polite">{phase}</span>}
      </p>
      {view.pause ? <StateChip tone="quiet">{t('screen.pause')}</StateChip> : null}
      <div role="status">
        {wish === null ? null : <StateChip tone="act">{t(`interview:timeline.wish.${wish}`)}</StateChip>}
      </div>
      {away ? <StateChip tone="warn">{t('screen.away')}</StateChip> : null}
      <dl className="br-observe-present">
        {(['interview', 'observation'] as const).map((place) => {
          const there = people.filter((one) => one.place === place);
          return there.length === 0 ? null : (
            <div key={place}>
              <dt>{t(`common:seats.${place}`)}</dt>
              <dd>{there.map(({ name }) => name).join(', ')}</dd>
            </div>
          );
        })}
      </dl>
    </header>
  );
}
