import { useTranslation } from 'react-i18next';
import type { SourceLive } from '../../shared/domain/liveState.ts';
import { SimulatedBadge, StateChip } from '../ui/index.ts';
import { usePreview } from './usePreview.ts';

export interface TilesProps {
  readonly interview: string;
  readonly sources: readonly SourceLive[];
}

/** Live pictures of the cameras, the room view larger. What has no picture says so. */
export function Tiles({ interview, sources }: TilesProps) {
  const cameras = sources.filter(({ kind }) => kind === 'video');
  return (
    <div className="br-tiles" data-count={cameras.length}>
      {cameras.map((source) => (
        <Tile key={source.id} interview={interview} source={source} />
      ))}
    </div>
  );
}

function Tile({ interview, source }: { readonly interview: string; readonly source: SourceLive }) {
  const { t } = useTranslation(['interview', 'common']);
  const picture = usePreview(interview, source.id);
  const name = t(`common:source.${source.place}`);
  const away = source.state === 'lost' || source.state === 'restarting';
  return (
    <figure className="br-tile">
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
