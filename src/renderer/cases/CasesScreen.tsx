import { Loading } from '../ui/index.ts';

export function CasesScreen() {
  return <Loading />;
}
