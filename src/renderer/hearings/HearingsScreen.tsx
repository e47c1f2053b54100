import type { AccountView } from '../app/sessionStore.ts';
import { Loading } from '../ui/index.ts';

export function HearingsScreen(_: { readonly account: AccountView }) {
  return <Loading />;
}
