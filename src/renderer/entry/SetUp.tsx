import { Loading } from '../ui/index.ts';

export function SetUp() {
  return <Loading />;
}
