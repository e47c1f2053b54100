import type { AccountView } from '../app/sessionStore.ts';
import { AdministratorHome } from './AdministratorHome.tsx';
import { AuditorHome } from './AuditorHome.tsx';
import { ClerkHome } from './ClerkHome.tsx';
import { InvestigatorHome } from './InvestigatorHome.tsx';
import { JudgeHome } from './JudgeHome.tsx';
import { OperatorHome } from './OperatorHome.tsx';

/** The first page of a role. */
export function Home({ account }: { readonly account: AccountView }) {
  switch (account.role) {
    case 'investigator':
      return <InvestigatorHome account={account} />;
    case 'clerk':
      return <ClerkHome account={account} />;
    case 'judge':
      return <JudgeHome account={account} />;
    case 'operator':
      return <OperatorHome account={account} />;
    case 'administrator':
      return <AdministratorHome account={account} />;
    case 'auditor':
      return <AuditorHome account={account} />;
  }
}
