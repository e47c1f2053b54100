import { Loading } from '../ui/index.ts';

export function PeopleScreen() {
  return <Loading />;
}
