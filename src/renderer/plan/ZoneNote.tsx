import { useTranslation } from 'react-i18next';
import { sameWall } from '../../shared/domain/zoneTime.ts';
import { useFormat, useTime } from '../ui/index.ts';

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Where this machine's clock is of another zone than the rules': that times are those of the rules, and what it is now in both. */
export function ZoneNote({ zone }: { readonly zone: string }) {
  const { t } = useTranslation('plan');
  const now = useTime();
  const own = ownZone();
  const [there, here] = [useFormat(zone), useFormat()];
  if (sameWall(now, zone, own)) return null;
  return (
    <p className="br-soft br-zone">
      {t('zone.note', { zone, own, there: there.dateTime(now), here: here.dateTime(now) })}
    </p>
  );
}
