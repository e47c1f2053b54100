import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceLive } from '../../shared/domain/liveState.ts';
import { SimulatedBadge, StateChip } from '../ui/index.ts';
import { LiveElement, type LiveStage } from '../ui/live/index.ts';
import { usePreview } from './usePreview.ts';

/** More than this behind is said with a sign of its own. */
const LATE_MS = 3000;

export interface TileProps {
  readonly interview: string;
  readonly source: SourceLive;
  readonly large: boolean;
  /** The picture from the disks and how late it is, null while it shows nothing; without it, the picture of this moment. */
  readonly live?: { readonly stage: LiveStage; readonly lateMs: number | null } | null;
  readonly acts?: ReactNode;
}

/** One camera's picture. While the stored picture has not come, or has stopped, the small one of this moment stands in for it. */
export function Tile({ interview, source, large, live = null, acts = null }: TileProps) {
  const { t } = useTranslation(['interview', 'common', 'live']);
  const lateMs = live?.lateMs ?? null;
  const picture = usePreview(interview, source.id, lateMs === null);
  const name = t(`common:source.${source.place}`);
  const away = source.state === 'lost' || source.state === 'restarting';
  return (
    <figure className="br-tile" data-source={source.id} data-size={large ? 'large' : 'small'}>
      {live === null ? null : (
        <LiveElement stage={live.stage} track={source.id} kind="video" label={name} hidden={away || lateMs === null} />
      )}
      {away || (lateMs === null && picture === null) ? (
        <div className="br-tile-none">{away ? t(`source.${source.state}`) : t('source.noPicture')}</div>
      ) : lateMs === null && picture !== null ? (
        <img src={picture} alt={name} />
      ) : null}
      <figcaption>
        <span className="br-plate">{name}</span>
        {source.simulated ? <SimulatedBadge /> : null}
        {live === null || away ? null : <From lateMs={lateMs} />}
        {source.state === 'running' || away ? null : <StateChip tone="warn">{t(`source.${source.state}`)}</StateChip>}
        {(source.delayMs ?? 0) > 2000 ? (
          <StateChip tone="warn">{t('source.late', { seconds: Math.round((source.delayMs ?? 0) / 1000) })}</StateChip>
        ) : null}
        {acts === null ? null : <span className="br-tile-acts">{acts}</span>}
      </figcaption>
    </figure>
  );
}

/** Where the picture comes from, and how late it is. */
function From({ lateMs }: { readonly lateMs: number | null }) {
  const { t } = useTranslation('live');
  if (lateMs === null) return <span className="br-plate">{t('tile.now')}</span>;
  const behind = t('tile.behind', { seconds: Math.max(1, Math.round(lateMs / 1000)) });
  if (lateMs > LATE_MS) return <StateChip tone="warn">{behind}</StateChip>;
  return (
    <span className="br-plate">
      {t('tile.fromDisk')}, {behind}
    </span>
  );
}
