import { Loading } from '../ui/index.ts';

export function RoomScreen(_: { readonly id: string | null }) {
  return <Loading />;
}
