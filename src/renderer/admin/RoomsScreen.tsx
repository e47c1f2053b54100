import { Loading } from '../ui/index.ts';

export function RoomsScreen() {
  return <Loading />;
}
