import { useTranslation } from 'react-i18next';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import { Panel, useFormat, useNames } from '../ui/index.ts';

/** How a number of whole copies on a number of disks is said. */
function copiesOf({ whole, disks }: NonNullable<Exhibit['copies']>): 'none' | 'one' | 'sameDisk' | 'two' {
  if (whole < 2) return whole === 0 ? 'none' : 'one';
  return disks < 2 ? 'sameDisk' : 'two';
}

/** What it is, in a sentence and then in figures. */
export function ExhibitFacts({ exhibit }: { readonly exhibit: Exhibit }) {
  const { t } = useTranslation('archive');
  const { dateTime, exact, duration } = useFormat();
  const names = useNames();
  const says =
    exhibit.state === 'sealed'
      ? t('exhibit.says.sealed', {
          recorded: exhibit.startedAt === null ? '—' : dateTime(exhibit.startedAt),
          sealed: exhibit.sealedAt === null ? '—' : dateTime(exhibit.sealedAt),
        })
      : t(`exhibit.says.${exhibit.state}`);
  return (
    <Panel title={t('exhibit.what')}>
      <p>{says}</p>
      {exhibit.recovered && exhibit.state === 'sealed' ? <p className="br-note">{t('exhibit.recovered')}</p> : null}
      <dl className="br-facts">
        <dt>{t('exhibit.case')}</dt>
        <dd>{exhibit.caseNumber}</dd>
        <dt>{t('exhibit.court')}</dt>
        <dd>{exhibit.court}</dd>
        <dt>{t('exhibit.recorded')}</dt>
        <dd className="br-num">{exhibit.startedAt === null ? '—' : exact(exhibit.startedAt)}</dd>
        <dt>{t('exhibit.length')}</dt>
        <dd className="br-num">{exhibit.durationMs === null ? '—' : duration(exhibit.durationMs)}</dd>
        <dt>{t('exhibit.language')}</dt>
        <dd>{names.spoken(exhibit.language)}</dd>
        {exhibit.copies === null ? null : (
          <>
            <dt>{t('exhibit.copies.label')}</dt>
            <dd>{t(`exhibit.copies.${copiesOf(exhibit.copies)}`)}</dd>
          </>
        )}
        <dt>{t('exhibit.origin')}</dt>
        <dd>{exhibit.origin === 'here' ? t('exhibit.originHere') : t('exhibit.originImported')}</dd>
      </dl>
    </Panel>
  );
}
