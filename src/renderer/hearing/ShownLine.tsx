import { useTranslation } from 'react-i18next';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { useFormat } from '../ui/index.ts';
import type { Stretch } from '../ui/player/index.ts';

const MOST = 2;

/** What was shown of an exhibit in a hearing, as far as the station has it on record. */
export function playedIn(hearing: Hearing, exhibit: string): readonly Stretch[] {
  return hearing.played.find((one) => one.exhibit === exhibit)?.ranges ?? [];
}

/** What was shown, to the second, in words; `many` says all of it, else the last few. */
export function ShownLine({ ranges, many = false }: { readonly ranges: readonly Stretch[]; readonly many?: boolean }) {
  const { t } = useTranslation('hearing');
  const { clock } = useFormat();
  if (ranges.length === 0) return <p className="br-soft">{t('shown.none')}</p>;
  const said = many ? ranges : ranges.slice(-MOST);
  // A line may break after a dash even before a no-break space; the word joiner keeps a stretch on one line.
  const words = said.map(([from, to]) => `${clock(from)}\u00a0–\u2060\u00a0${clock(to)}`).join(', ');
  const more = ranges.length - said.length;
  return (
    <p className="br-soft br-num">
      {t('shown.so', { ranges: words })}
      {more > 0 ? `, ${t('shown.more', { count: more })}` : null}
    </p>
  );
}
