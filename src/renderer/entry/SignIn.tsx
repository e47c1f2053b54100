import { Loading } from '../ui/index.ts';

export function SignIn() {
  return <Loading />;
}
