import { useTranslation } from 'react-i18next';
import type { SourceLive } from '../../shared/domain/liveState.ts';
import { SimulatedBadge, StateChip } from '../ui/index.ts';
import { usePreview } from './usePreview.ts';

export interface TilesProps {
  readonly interview: string;
  readonly sources: readonly SourceLive[];
}

/** Live pictures of the cameras: the room view on the stage, the other above what stands beside it. What has no picture says so. */
export function Tiles({ interview, sources }: TilesProps) {
  const cameras = sources.filter(({ kind }) => kind === 'video');
  const main = cameras.find(({ place }) => place === 'room') ?? cameras[0];
  return cameras.map((source) => (
    <Tile key={source.id} interview={interview} source={source} large={source === main} />
  ));
}

interface TileProps {
  readonly interview: string;
  readonly source: SourceLive;
  readonly large: boolean;
}

function Tile({ interview, source, large }: TileProps) {
  const { t } = useTranslation(['interview', 'common']);
  const picture = usePreview(interview, source.id);
  const name = t(`common:source.${source.place}`);
  const away = source.state === 'lost' || source.state === 'restarting';
  return (
    <figure className="br-tile" data-size={large ? 'large' : 'small'}>
      {picture === null || away ? (
        <div className="br-tile-none">{away ? t(`source.${source.state}`) : t('source.noPicture')}</div>
      ) : (
        <img src={picture} alt={name} />
      )}
      <figcaption>
        <span className="br-plate">{name}</span>
        {source.simulated ? <SimulatedBadge /> : null}
        {source.state === 'running' ? null : <StateChip tone="warn">{t(`source.${source.state}`)}</StateChip>}
        {(source.delayMs ?? 0) > 2000 ? (
          <StateChip tone="warn">{t('source.late', { seconds: Math.round((source.delayMs ?? 0) / 1000) })}</StateChip>
        ) : null}
      </figcaption>
    </figure>
  );
}
