import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';

/** What a press will do. */
export function PlayIcon({ playing }: { readonly playing: boolean }) {
  const Icon = playing ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return <Icon aria-hidden size={18} />;
}
