import { Loading } from '../ui/index.ts';

export interface InterviewScreenProps {
  readonly interview: string;
}

export function InterviewScreen(_: InterviewScreenProps) {
  return <Loading />;
}
