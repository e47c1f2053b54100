import { IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StateChip } from './StateChip.tsx';

/** Said wherever a source, a room or a recording is named that did not see a real room. */
export function SimulatedBadge() {
  const { t } = useTranslation();
  return (
    <StateChip tone="warn" icon={IconFlask}>
      {t('simulated')}
    </StateChip>
  );
}
