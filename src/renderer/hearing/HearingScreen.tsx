import { Loading } from '../ui/index.ts';

export interface HearingScreenProps {
  readonly hearing: string;
}

export function HearingScreen(_: HearingScreenProps) {
  return <Loading />;
}
