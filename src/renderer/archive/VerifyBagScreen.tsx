import { Loading } from '../ui/index.ts';

export function VerifyBagScreen() {
  return <Loading />;
}
