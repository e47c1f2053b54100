import { Button, SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Presented } from '../../shared/contract/hearings.ts';
import { Kbd, useFormat } from '../ui/index.ts';
import { type PlayerState, PlayIcon, type Stretch } from '../ui/player/index.ts';
import { ShownLine } from './ShownLine.tsx';

export interface ControlsProps {
  readonly state: PlayerState;
  readonly durationMs: number;
  readonly view: Presented['view'];
  readonly angles: number;
  readonly marked: boolean;
  readonly ranges: readonly Stretch[];
  readonly onToggle: () => void;
  readonly onStep: (ms: number) => void;
  readonly onNextMark: () => void;
  readonly onRate: (rate: number) => void;
  readonly onView: (view: Presented['view']) => void;
  /** Null where no interpreter had a microphone of their own. */
  readonly hears: Presented['sound'] | null;
  readonly onHears: (hears: Presented['sound']) => void;
}

const Sound = Presented.shape.sound;
const rates = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** Play and pause, steps, speed, which angle, and what was shown so far. */
export function Controls(props: ControlsProps) {
  const { t } = useTranslation('hearing');
  const { clock, number } = useFormat();
  const { state, durationMs, view, angles, marked, ranges, hears } = props;
  return (
    <div className="br-controls">
      <Button className="br-controls-play" onClick={props.onToggle} leftSection={<PlayIcon playing={state.playing} />}>
        {state.playing ? t('pause') : t('play')}
      </Button>
      <Button
        variant="default"
        onClick={() => props.onStep(-10_000)}
        aria-label={t('backTen')}
        rightSection={<Kbd>←</Kbd>}
      >
        −10
      </Button>
      <Button
        variant="default"
        onClick={() => props.onStep(10_000)}
        aria-label={t('onTen')}
        rightSection={<Kbd>→</Kbd>}
      >
        +10
      </Button>
      {marked ? (
        <Button variant="default" onClick={props.onNextMark} rightSection={<Kbd>M</Kbd>}>
          {t('nextMarker')}
        </Button>
      ) : null}
      <Select
        aria-label={t('rate')}
        className="br-controls-rate"
        value={String(state.rate)}
        data={rates.map((rate) => ({ value: String(rate), label: `${number(rate)} ×` }))}
        onChange={(value) => props.onRate(Number(value ?? 1))}
      />
      {angles < 2 ? null : (
        <SegmentedControl
          aria-label={t('view.label')}
          value={view}
          onChange={(value) => props.onView(value)}
          data={(['both', 'room', 'face'] as const).map((one) => ({ value: one, label: t(`view.${one}`) }))}
        />
      )}
      {hears === null ? null : (
        <Select
          aria-label={t('hears.label')}
          className="br-controls-hears"
          value={hears}
          data={(['all', 'without-interpreter', 'interpreter'] as const).map((one) => ({
            value: one,
            label: t(`hears.${one}`),
          }))}
          onChange={(value) => props.onHears(Sound.catch('all').parse(value))}
        />
      )}
      <span className="br-controls-time br-num" aria-hidden>
        {clock(state.atMs)} <span className="br-soft">/ {clock(durationMs)}</span>
      </span>
      <div className="br-controls-said">
        {state.waiting ? <p className="br-soft">{t('waiting')}</p> : <ShownLine ranges={ranges} />}
      </div>
    </div>
  );
}
