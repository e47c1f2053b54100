import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from './Loading.tsx';
import { SentenceError } from './SentenceError.tsx';
import type { Asked } from './useAsk.ts';

/** The answer of the station, or the sentence why there is none with a way to ask again, or a quiet wait. */
export function Asking<T>({
  asked,
  children,
}: {
  readonly asked: Asked<T>;
  readonly children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  const trouble = (
    <SentenceError trouble={asked.trouble}>
      <Button variant="default" size="sm" onClick={asked.again}>
        {t('retry')}
      </Button>
    </SentenceError>
  );
  if (asked.data === null) return asked.trouble === null ? <Loading /> : trouble;
  return (
    <>
      {trouble}
      {children(asked.data)}
    </>
  );
}
