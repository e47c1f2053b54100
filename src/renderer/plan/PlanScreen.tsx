import { Loading } from '../ui/index.ts';

export function PlanScreen(_: { readonly caseId: string }) {
  return <Loading />;
}
