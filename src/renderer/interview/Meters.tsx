import { useTranslation } from 'react-i18next';
import type { SourceLive } from '../../shared/domain/liveState.ts';
import { meterShare } from './wellness.ts';

const SILENT_DB = -75;
const LOUD_DB = -3;

/** One bar a microphone: the loudness of the last moment, its peak as a line, and the figure. */
export function Meters({ sources }: { readonly sources: readonly SourceLive[] }) {
  return (
    <div className="br-meters">
      {sources
        .filter(({ kind }) => kind === 'audio')
        .map((source) => (
          <Meter key={source.id} source={source} />
        ))}
    </div>
  );
}

function Meter({ source }: { readonly source: SourceLive }) {
  const { t } = useTranslation(['interview', 'common']);
  const name = t(`common:source.${source.place}`);
  const { level } = source;
  const rms = level?.rms ?? -120;
  const peak = level?.peak ?? -120;
  const words =
    source.state !== 'running'
      ? t(`source.${source.state}`)
      : rms < SILENT_DB
        ? t('level.silent')
        : peak > LOUD_DB
          ? t('level.loud')
          : t('level.db', { db: `−${Math.abs(Math.round(rms))}` });
  return (
    <div className="br-meter">
      <span className="br-meter-name">{name}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> has no peak line and no words of its own */}
      <div
        className="br-meter-bar"
        role="meter"
        aria-label={t('level.label', { name })}
        aria-valuemin={-60}
        aria-valuemax={0}
        aria-valuenow={Math.max(-60, Math.round(rms))}
        aria-valuetext={words}
        data-loud={peak > LOUD_DB ? 'true' : undefined}
      >
        <div className="br-meter-fill" style={{ transform: `scaleX(${meterShare(rms)})` }} />
        <div className="br-meter-peak" style={{ left: `${meterShare(peak) * 100}%` }} />
      </div>
      <span className="br-meter-words br-num">{words}</span>
    </div>
  );
}
