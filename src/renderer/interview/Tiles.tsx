import { IconBolt, IconDatabase } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceLive } from '../../shared/domain/liveState.ts';
import { StateChip } from '../ui/index.ts';
import { canPlayLive, type Heard, LiveElement, SoundPicker, useLiveStage } from '../ui/live/index.ts';
import { Tile } from './Tile.tsx';

export interface TilesProps {
  readonly interview: string;
  readonly sources: readonly SourceLive[];
}

/** Pictures of the cameras before the button: small and at once, for framing. */
export function Tiles({ interview, sources }: TilesProps) {
  return inOrder(sources).map(({ source, large }) => (
    <Tile key={source.id} interview={interview} source={source} large={large} />
  ));
}

/**
 * Pictures of the cameras while it is recorded: what stands on the disks, two or three seconds late, with the sound of the
 * microphones if somebody wants it; or the small pictures of this moment.
 */
export function RecordingTiles({ interview, sources }: TilesProps) {
  const { t } = useTranslation('live');
  const { stage, state } = useLiveStage(interview);
  const [fromDisk, setFromDisk] = useState(true);
  const [heard, setHeard] = useState<Heard>('off');
  const able = canPlayLive();
  const microphones = sources.filter(({ kind }) => kind === 'audio');
  const listened = microphones.filter(({ id }) => heard === 'all' || (heard !== 'off' && heard.track === id));
  return (
    <>
      {inOrder(sources).map(({ source, large }) => (
        <Tile
          key={source.id}
          interview={interview}
          source={source}
          large={large}
          live={able && fromDisk ? { stage, lateMs: state.late[source.id] ?? null } : null}
          acts={
            !large ? null : able ? (
              <>
                <SoundPicker microphones={microphones} heard={heard} onHeard={setHeard} />
                <button type="button" className="br-plate br-plate-act" onClick={() => setFromDisk(!fromDisk)}>
                  {fromDisk ? <IconBolt aria-hidden size={16} /> : <IconDatabase aria-hidden size={16} />}
                  {fromDisk ? t('tile.showNow') : t('tile.showDisk')}
                </button>
              </>
            ) : (
              <StateChip tone="quiet">{t('tile.cannot')}</StateChip>
            )
          }
        />
      ))}
      {listened.map(({ id }) => (
        <LiveElement key={id} stage={stage} track={id} kind="audio" />
      ))}
    </>
  );
}

/** The cameras, each with whether it has the stage: the room view, or the first there is. */
function inOrder(sources: readonly SourceLive[]): readonly { source: SourceLive; large: boolean }[] {
  const cameras = sources.filter(({ kind }) => kind === 'video');
  const main = cameras.find(({ place }) => place === 'room') ?? cameras[0];
  return cameras.map((source) => ({ source, large: source === main }));
}
