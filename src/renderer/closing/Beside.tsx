import { Button, Select } from '@mantine/core';
import { type ReactNode, type Ref, useImperativeHandle } from 'react';
import { useTranslation } from 'react-i18next';
import type { Playback } from '../../shared/contract/hearings.ts';
import { Kbd, Loading, SentenceError, useFormat } from '../ui/index.ts';
import { Pictures, PlayIcon, PlayTrouble, Timeline, usePlayer } from '../ui/player/index.ts';
import { usePedal, usePedalKeys } from './pedal.ts';
import { useReview } from './useReview.ts';

/** How far back a pause goes, so that the last words are heard again. */
const BACK_MS = 3000;
const rates = [0.5, 0.75, 1, 1.25, 1.5] as const;

/** What the text beside it asks of the player. */
export interface BesideHandle {
  readonly seek: (atMs: number) => void;
  readonly atMs: () => number;
}

interface BesideProps {
  readonly exhibit: string;
  readonly handle: Ref<BesideHandle>;
  /** Puts the current moment into the text. */
  readonly onTime: (atMs: number) => void;
  readonly onMoment?: (atMs: number) => void;
  readonly children?: ReactNode;
}

/** The recording beside a text: pictures, timeline, and keys that work while somebody types. */
export function Beside(props: BesideProps) {
  const { t } = useTranslation('closing');
  const { playback, trouble } = useReview(props.exhibit);
  return (
    <aside className="br-beside" aria-label={t('beside.label')}>
      {playback === null ? (
        trouble === null ? (
          <Loading />
        ) : (
          <SentenceError trouble={trouble} />
        )
      ) : (
        <Playing {...props} playback={playback} />
      )}
      {props.children}
    </aside>
  );
}

function Playing({ playback, handle, onTime, onMoment }: BesideProps & { readonly playback: Playback }) {
  const { t } = useTranslation(['closing', 'hearing']);
  const { clock, number } = useFormat();
  const { player, state } = usePlayer(playback);
  const keys = usePedalKeys();
  useImperativeHandle(handle, () => ({ seek: (atMs) => player.seek(atMs), atMs: () => player.state.atMs }), [player]);
  const toggle = () => {
    if (!player.state.playing) return player.play();
    player.pause();
    player.seek(player.state.atMs - BACK_MS);
  };
  const step = (ms: number) => player.seek(player.state.atMs + ms);
  usePedal({
    toggle,
    back: () => step(-BACK_MS),
    on: () => step(BACK_MS),
    time: () => onTime(player.state.atMs),
  });
  onMoment?.(state.atMs);
  return (
    <>
      <div className="br-beside-pictures">
        <Pictures playback={playback} player={player} state={state} view="both" hears="all" sound bare />
      </div>
      <PlayTrouble player={player} state={state} />
      <Timeline
        durationMs={playback.durationMs}
        atMs={state.atMs}
        timeline={playback.timeline}
        shown={[]}
        onSeek={(atMs) => player.seek(atMs)}
      />
      <div className="br-beside-acts">
        <Button
          onClick={toggle}
          rightSection={<Kbd>{keys.toggle}</Kbd>}
          leftSection={<PlayIcon playing={state.playing} />}
        >
          {state.playing ? t('hearing:pause') : t('hearing:play')}
        </Button>
        <Button
          variant="default"
          onClick={() => step(-BACK_MS)}
          aria-label={t('beside.back')}
          rightSection={<Kbd>{keys.back}</Kbd>}
        >
          −3
        </Button>
        <Button
          variant="default"
          onClick={() => step(BACK_MS)}
          aria-label={t('beside.on')}
          rightSection={<Kbd>{keys.on}</Kbd>}
        >
          +3
        </Button>
        <Select
          aria-label={t('hearing:rate')}
          className="br-beside-rate"
          value={String(state.rate)}
          data={rates.map((rate) => ({ value: String(rate), label: `${number(rate)} ×` }))}
          onChange={(value) => player.setRate(Number(value ?? 1))}
          allowDeselect={false}
        />
        <span className="br-num" aria-hidden>
          {clock(state.atMs)} <span className="br-soft">/ {clock(playback.durationMs)}</span>
        </span>
      </div>
    </>
  );
}
