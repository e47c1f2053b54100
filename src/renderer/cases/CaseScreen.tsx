import type { AccountView } from '../app/sessionStore.ts';
import { Loading } from '../ui/index.ts';

export function CaseScreen(_: { readonly caseId: string; readonly account: AccountView }) {
  return <Loading />;
}
