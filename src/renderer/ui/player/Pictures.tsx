import { IconVideoOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Playback, Presented } from '../../../shared/contract/hearings.ts';
import { SourcePlace } from '../../../shared/domain/devices.ts';
import { SimulatedBadge } from '../SimulatedBadge.tsx';
import { useFormat } from '../useFormat.ts';
import { isHeard } from './heard.ts';
import './player.css';
import type { PlayerState, StepPlayer } from './stepPlayer.ts';
import type { Track } from './trackMedia.ts';
import { Watermark } from './Watermark.tsx';

export interface PicturesProps {
  readonly playback: Playback;
  readonly player: StepPlayer;
  readonly state: PlayerState;
  readonly view: Presented['view'];
  /** Which microphones are heard. */
  readonly hears: Presented['sound'];
  /** False where another window on this machine is heard already. */
  readonly sound: boolean;
  /** The courtroom's screen shows the picture and nothing else: no names of views. */
  readonly bare?: boolean;
}

/** The angles side by side, the room's the larger, with the watermark across each; the microphones that were chosen are heard. */
export function Pictures({ playback, player, state, view, hears, sound, bare = false }: PicturesProps) {
  const videos = playback.tracks.filter(({ kind }) => kind !== 'audio');
  const heard = playback.tracks.filter(({ kind }) => kind === 'audio');
  const seen = (track: Track) => view === 'both' || track.place === view || videos.length < 2;
  const main = videos.find((track) => seen(track) && track.place === 'room') ?? videos.find(seen);
  return (
    <div className="br-pictures" data-view={videos.length < 2 ? 'one' : view}>
      {videos.map((track) => (
        <figure
          className="br-picture"
          key={track.id}
          data-size={track === main ? 'large' : 'small'}
          hidden={!seen(track)}
        >
          <TrackElement player={player} track={track} muted={!sound} />
          <Gap until={state.gaps[track.id]} sound={heard.length > 0} />
          <Watermark text={playback.watermark} />
          {bare ? null : <PictureName track={track} />}
        </figure>
      ))}
      {heard.map((track) => (
        <TrackElement key={track.id} player={player} track={track} muted={!sound || !isHeard(track.place, hears)} />
      ))}
    </div>
  );
}

interface TrackElementProps {
  readonly player: StepPlayer;
  readonly track: Track;
  readonly muted: boolean;
}

/** The element of one track, given to the player for as long as it stands here. */
function TrackElement({ player, track, muted }: TrackElementProps) {
  const video = useRef<HTMLVideoElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    player.attach(track.id, video.current ?? audio.current);
    return () => player.attach(track.id, null);
  }, [player, track.id]);
  // Testimony is played as it was recorded; a transcript is a document of its own, not a caption.
  if (track.kind === 'audio') return <audio ref={audio} muted={muted} />;
  return <video ref={video} playsInline muted={muted} />;
}

function PictureName({ track }: { readonly track: Track }) {
  const { t } = useTranslation();
  const known = SourcePlace.safeParse(track.place);
  return (
    <figcaption className="br-picture-name">
      <span className="br-plate">{known.success ? t(`source.${known.data}`) : track.label}</span>
      {track.simulated ? <SimulatedBadge /> : null}
    </figcaption>
  );
}

/** No picture was recorded here: said, with where it goes on. */
function Gap({ until, sound }: { readonly until: number | null | undefined; readonly sound: boolean }) {
  const { t } = useTranslation('player');
  const { clock } = useFormat();
  if (until === undefined) return null;
  return (
    <div className="br-picture-gap">
      <IconVideoOff aria-hidden size={30} stroke={1.5} />
      <span>{until === null ? t('gap.toEnd') : t('gap.until', { time: clock(until) })}</span>
      {sound ? <span className="br-soft">{t('gap.sound')}</span> : null}
    </div>
  );
}
