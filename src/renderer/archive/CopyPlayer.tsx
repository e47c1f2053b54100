import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DerivedCopy } from '../../shared/contract/copies.ts';
import type { Playback } from '../../shared/contract/hearings.ts';
import { useFormat } from '../ui/index.ts';
import { Pictures, PlayIcon, PlayTrouble, Timeline, usePlayer } from '../ui/player/index.ts';

export interface CopyPlayerProps {
  readonly copy: DerivedCopy;
  readonly playback: Playback;
  readonly onClose: () => void;
}

/** A copy in the player of hearings: the same checks, the same timeline, one picture. */
export function CopyPlayer({ copy, playback, onClose }: CopyPlayerProps) {
  const { t } = useTranslation(['copies', 'common', 'hearing']);
  const { clock } = useFormat();
  const { player, state } = usePlayer(playback);
  const step = (ms: number) => player.seek(player.state.atMs + ms);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('playing', { n: copy.n, exhibit: playback.exhibit.number })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
      size="min(1100px, 92vw)"
    >
      <p className="br-soft">{t('notMaster')}</p>
      <div className="br-copy-picture">
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
      <Group>
        <Button
          onClick={() => (state.playing ? player.pause() : player.play())}
          leftSection={<PlayIcon playing={state.playing} />}
        >
          {state.playing ? t('pause') : t('play')}
        </Button>
        <Button variant="default" onClick={() => step(-10_000)} aria-label={t('hearing:backTen')}>
          −10
        </Button>
        <Button variant="default" onClick={() => step(10_000)} aria-label={t('hearing:onTen')}>
          +10
        </Button>
        <span className="br-num">
          {clock(state.atMs)} / {clock(playback.durationMs)}
        </span>
      </Group>
    </Modal>
  );
}
