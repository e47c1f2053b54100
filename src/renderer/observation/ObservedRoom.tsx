import { Button } from '@mantine/core';
import { IconVideoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObserverView } from '../../shared/contract/observers.ts';
import { SimulatedBadge, StateChip } from '../ui/index.ts';
import { canPlayLive, type Heard, LiveElement, type LiveStage, SoundPicker, useLiveStage } from '../ui/live/index.ts';

export interface ObservedRoomProps {
  readonly interview: string;
  readonly view: ObserverView;
  /** The station does not answer: what is shown may be old. */
  readonly away: boolean;
}

type Track = ObserverView['tracks'][number];

/** What happens in the room, two or three seconds late: every camera, and the microphones together or one of them. */
export function ObservedRoom({ interview, view, away }: ObservedRoomProps) {
  const { t } = useTranslation('live');
  const { stage, state } = useLiveStage(interview);
  const [heard, setHeard] = useState<Heard>('all');
  const cameras = view.tracks.filter(({ kind }) => kind === 'video');
  const microphones = view.tracks.filter(({ kind }) => kind === 'audio');
  const listened = microphones.filter(({ id }) => heard === 'all' || (heard !== 'off' && heard.track === id));
  const main = cameras.find(({ place }) => place === 'room') ?? cameras[0];
  const late = Math.max(0, ...cameras.map(({ id }) => state.late[id] ?? 0));
  if (!canPlayLive()) return <div className="br-observe br-observe-none-at-all">{t('screen.cannot')}</div>;
  return (
    <div className="br-observe">
      <div className="br-observe-pictures" data-views={cameras.length}>
        {cameras.map((track) => (
          <Camera
            key={track.id}
            stage={stage}
            track={track}
            lateMs={state.late[track.id] ?? null}
            large={track === main}
          />
        ))}
      </div>
      {listened.map(({ id }) => (
        <LiveElement key={id} stage={stage} track={id} kind="audio" />
      ))}
      <footer className="br-observe-foot">
        {away ? null : late > 3000 ? (
          <StateChip tone="warn">{t('tile.behind', { seconds: Math.round(late / 1000) })}</StateChip>
        ) : null}
        {state.blocked ? (
          <Button variant="default" onClick={() => stage.play()}>
            {t('screen.soundPress')}
          </Button>
        ) : null}
        <SoundPicker microphones={microphones} heard={heard} onHeard={setHeard} />
      </footer>
    </div>
  );
}

interface CameraProps {
  readonly stage: LiveStage;
  readonly track: Track;
  readonly lateMs: number | null;
  readonly large: boolean;
}

function Camera({ stage, track, lateMs, large }: CameraProps) {
  const { t } = useTranslation(['live', 'common']);
  const name = t(`common:source.${track.place}`);
  const nothing = lateMs === null;
  return (
    <figure className="br-observe-picture" data-size={large ? 'large' : 'small'}>
      <LiveElement stage={stage} track={track.id} kind="video" label={name} hidden={nothing} />
      {nothing ? (
        <div className="br-observe-none">
          {track.sends ? (
            t('screen.coming')
          ) : (
            <>
              <IconVideoOff aria-hidden size={28} stroke={1.5} />
              {t('screen.lost', { name })}
            </>
          )}
        </div>
      ) : null}
      <figcaption>
        <span className="br-plate">{name}</span>
        {track.simulated ? <SimulatedBadge /> : null}
        {!nothing && !track.sends ? <StateChip tone="warn">{t('screen.lost', { name })}</StateChip> : null}
      </figcaption>
    </figure>
  );
}
