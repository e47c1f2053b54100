import { Loading } from '../ui/index.ts';

export function CourtroomScreen() {
  return <Loading />;
}
