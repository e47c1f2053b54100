import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../app/sessionStore.ts';
import { Page, useFormat, useTime } from '../ui/index.ts';
import { AccessNotice } from './AccessNotice.tsx';
import { dayPart } from './agenda.ts';

export interface HomePageProps {
  readonly account: AccountView;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Greets by the first name and the time of day, and says what stands between the person and the work. */
export function HomePage({ account, aside, children }: HomePageProps) {
  const { t } = useTranslation('home');
  const { longDate } = useFormat();
  const now = useTime();
  const name = account.name.split(' ')[0] ?? account.name;
  return (
    <Page title={t(dayPart(now.getHours()), { name })} lead={longDate(now)} aside={aside}>
      <AccessNotice account={account} />
      {children}
    </Page>
  );
}
