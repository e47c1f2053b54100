import type { AccountView } from '../app/sessionStore.ts';
import { Loading } from '../ui/index.ts';

export function AccessScreen(_: { readonly account: AccountView }) {
  return <Loading />;
}
