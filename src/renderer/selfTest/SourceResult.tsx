import { useTranslation } from 'react-i18next';
import type { SourceTest, TestFinding } from '../../shared/domain/selfTest.ts';
import { SimulatedBadge, useFormat } from '../ui/index.ts';
import { LightChip } from './LightChip.tsx';

/** One camera or microphone of a check: its light, what to do about it, what was measured, and the picture just taken. */
export function SourceResult({ source, still }: { readonly source: SourceTest; readonly still: string | null }) {
  const { t } = useTranslation(['selfTest', 'common']);
  const name = t(`common:source.${source.place}`);
  return (
    <li className="br-row br-check" data-source={source.source} data-light={source.light}>
      {still === null ? null : (
        <img className="br-check-still" src={still} alt={t('still', { name })} width={200} height={113} />
      )}
      <div className="br-row-words">
        <strong>{name}</strong>
        <div className="br-soft">{source.label}</div>
        {source.findings.length === 0 ? (
          <div>{t(source.compared ? 'wellUsual' : 'wellNoBaseline')}</div>
        ) : (
          <Findings findings={source.findings} />
        )}
        <Measures source={source} />
      </div>
      <div className="br-row-aside">
        {source.simulated ? <SimulatedBadge /> : null}
        <LightChip light={source.light} />
      </div>
    </li>
  );
}

/** What was found, in words: what is wrong and what to do. */
export function Findings({ findings }: { readonly findings: readonly TestFinding[] }) {
  const { t } = useTranslation('selfTest');
  const { number } = useFormat();
  const shown = ({ params }: TestFinding) =>
    Object.fromEntries(
      Object.entries(params).map(([key, value]) => [key, typeof value === 'number' ? number(value) : value]),
    );
  return (
    <>
      {findings.map((finding) => (
        <div key={finding.code} data-finding={finding.code}>
          {t(`finding.${finding.code}`, { ...noFigures, ...shown(finding) })}
        </div>
      ))}
    </>
  );
}

/** Every figure that a sentence may have; each finding brings its own. */
const noFigures = { seconds: '', fps: '', usual: '', size: '', percent: '', db: '', path: '', hours: '' };

function Measures({ source: { picture, sound } }: { readonly source: SourceTest }) {
  const { t } = useTranslation('selfTest');
  const { number, percent } = useFormat();
  if (picture !== null) {
    return (
      <div className="br-soft br-num">
        {t('picture', {
          size: `${picture.width} × ${picture.height}`,
          fps: number(picture.fps),
          luma: number(Math.round(picture.luma)),
          sharpness: number(Math.round(picture.sharpness * 10) / 10),
        })}
      </div>
    );
  }
  if (sound === null) return null;
  return (
    <div className="br-soft br-num">
      {t('sound', { rms: number(sound.rms), floor: number(sound.floor), hum: percent(sound.hum) })}
    </div>
  );
}
