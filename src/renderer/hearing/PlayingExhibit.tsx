import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hearing, Playback, Presented } from '../../shared/contract/hearings.ts';
import { SentenceError, StateChip, useFormat, useNames } from '../ui/index.ts';
import { momentsOf, nextAfter, Pictures, PlayTrouble, Timeline, usePlayer, usePlayerKeys } from '../ui/player/index.ts';
import { CloseHearing } from './CloseHearing.tsx';
import { Controls } from './Controls.tsx';
import { HearingHead } from './HearingHead.tsx';
import { playedIn } from './ShownLine.tsx';
import { SideList } from './SideList.tsx';
import { useAwake } from './useAwake.ts';
import { useProtection } from './useProtection.ts';
import { useReporting } from './useReporting.ts';

export interface PlayingExhibitProps {
  readonly hearing: Hearing;
  readonly playback: Playback;
  readonly onChange: (hearing: Hearing) => void;
  readonly onOthers: (() => void) | null;
}

const views = ['both', 'room', 'face'] as const;
const sounds = ['all', 'without-interpreter', 'interpreter'] as const;

/** One recording in a hearing: the pictures, what is in it, and the controls, all by keyboard too. */
export function PlayingExhibit({ hearing, playback, onChange, onOthers }: PlayingExhibitProps) {
  const { t } = useTranslation('hearing');
  const names = useNames();
  const { dateTime } = useFormat();
  const { player, state } = usePlayer(playback);
  const [view, setView] = useState<Presented['view']>('both');
  const [hears, setHears] = useState<Presented['sound']>('all');
  const { exhibit, durationMs, timeline } = playback;
  const guarded = useProtection();
  useAwake(hearing.id, state.playing);
  const late = useReporting({
    hearing: hearing.id,
    exhibit: exhibit.number,
    player,
    state,
    view,
    hears,
    onReported: onChange,
  });
  const marks = useMemo(
    () => momentsOf(timeline).filter(({ type }) => type === 'marker' || type === 'note'),
    [timeline],
  );

  const toggle = () => (player.state.playing ? player.pause() : player.play());
  const step = (ms: number) => player.seek(player.state.atMs + ms);
  const nextMark = () => {
    const next = nextAfter(marks, player.state.atMs);
    if (next !== null) player.seek(next);
  };
  const nextView = () => setView((before) => views[(views.indexOf(before) + 1) % views.length] ?? 'both');
  usePlayerKeys({
    Space: toggle,
    ArrowLeft: () => step(-10_000),
    ArrowRight: () => step(10_000),
    KeyM: nextMark,
    KeyV: nextView,
    KeyI: () => setHears((before) => sounds[(sounds.indexOf(before) + 1) % sounds.length] ?? 'all'),
  });

  const refused = state.refused[0];
  const whole = (
    <StateChip tone="good">
      {exhibit.startedAt === null ? t('checked') : t('exact', { at: dateTime(exhibit.startedAt) })}
    </StateChip>
  );
  return (
    <div className="br-playing">
      <HearingHead
        hearing={hearing}
        lead={t('lead', {
          exhibit: exhibit.number,
          kind: names.kind(exhibit.kind),
          child: names.child(exhibit.childCode),
        })}
        chip={refused === undefined ? whole : <StateChip tone="warn">{t('notExact')}</StateChip>}
      />
      <Pictures playback={playback} player={player} state={state} view={view} hears={hears} sound />
      <div className="br-playing-says">
        <PlayTrouble player={player} state={state} />
        <SentenceError trouble={late} />
      </div>
      <SideList
        playback={playback}
        atMs={state.atMs}
        onSeek={(atMs) => player.seek(atMs)}
        onOthers={onOthers}
        guarded={guarded}
      >
        <CloseHearing hearing={hearing} onChange={onChange} />
      </SideList>
      <footer className="br-playing-foot">
        <Timeline
          durationMs={durationMs}
          atMs={state.atMs}
          timeline={timeline}
          shown={playedIn(hearing, exhibit.number)}
          onSeek={(atMs) => player.seek(atMs)}
        />
        <Controls
          state={state}
          durationMs={durationMs}
          view={view}
          angles={playback.tracks.filter(({ kind }) => kind !== 'audio').length}
          marked={marks.length > 0}
          ranges={playedIn(hearing, exhibit.number)}
          onToggle={toggle}
          onStep={step}
          onNextMark={nextMark}
          onRate={(rate) => player.setRate(rate)}
          onView={setView}
          hears={playback.tracks.some(({ place }) => place === 'interpreter') ? hears : null}
          onHears={setHears}
        />
      </footer>
    </div>
  );
}
