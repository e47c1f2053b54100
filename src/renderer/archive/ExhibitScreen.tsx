import { Loading } from '../ui/index.ts';

export interface ExhibitScreenProps {
  readonly exhibit: string;
}

export function ExhibitScreen(_: ExhibitScreenProps) {
  return <Loading />;
}
