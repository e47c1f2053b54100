import { Loading } from '../ui/index.ts';

export function DisksScreen() {
  return <Loading />;
}
