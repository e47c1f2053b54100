import { done } from '../../../shared/contract/common.ts';
import type { RoomsService } from '../../rooms/index.ts';
import type { Implementer } from '../implement.ts';

/** Handlers of `rooms`. */
export function roomHandlers(os: Implementer, { rooms }: { rooms: RoomsService }) {
  const { rooms: of } = os;
  return {
    list: of.list.handler(() => rooms.list()),
    discover: of.discover.handler(() => rooms.discover()),
    save: of.save.handler(({ input, context: { call } }) => rooms.save(input, call.person)),
    remove: of.remove.handler(({ input, context: { call } }) => {
      rooms.remove(input.id, call.person);
      return done;
    }),
  };
}
