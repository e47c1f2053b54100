import { Loading } from '../ui/index.ts';

export function ArchiveScreen() {
  return <Loading />;
}
