import { Loading } from '../ui/index.ts';

export function LogScreen() {
  return <Loading />;
}
