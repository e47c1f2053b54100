import { useTranslation } from 'react-i18next';
import { useSession } from './sessionStore.ts';

/** Around every screen of a practice station, and in words on it: nobody takes one for the other. */
export function PracticeFrame() {
  const { t } = useTranslation();
  const practice = useSession((state) => state.info?.practice === true);
  return practice ? (
    <div className="br-practice">
      <span>{t('practice')}</span>
    </div>
  ) : null;
}
