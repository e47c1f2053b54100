import type { AccountView } from '../app/sessionStore.ts';
import { Loading } from '../ui/index.ts';

export function Home(_: { readonly account: AccountView }) {
  return <Loading />;
}
