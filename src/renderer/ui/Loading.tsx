import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Said only after a moment, so that what is quick does not flicker. */
export function Loading() {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="br-loading" role="status" aria-label={t('loading')}>
      {late ? <Loader size="sm" aria-hidden /> : null}
    </div>
  );
}
