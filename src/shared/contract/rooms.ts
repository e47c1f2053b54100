import { z } from 'zod';
import { Device, MachineEncoder, RoomSettings, SourceConfig, SourcePlace } from '../domain/devices.ts';
import { operation } from './access.ts';
import { Done, Id, Line } from './common.ts';

/** A room as screens see it: an RTSP device's address carries no credentials. */
export const Room = z.strictObject({
  id: Id,
  name: z.string(),
  sources: z.array(SourceConfig),
  settings: RoomSettings,
  /** True when any source of the room is simulated: said wherever the room is named. */
  simulated: z.boolean(),
  busyWith: Id.nullable(),
});
export type Room = z.infer<typeof Room>;

export const SourceChoice = z.strictObject({
  place: SourcePlace,
  device: Device,
  /** For a network camera: kept encrypted apart from the address. */
  credentials: z.strictObject({ user: Line, password: z.string().max(200) }).nullable(),
});

/** A network camera that answered from `host`; `label` is its own word for itself, believed as little as any on a network. */
export const NetworkCamera = z.strictObject({ host: z.string(), label: z.string() });
export type NetworkCamera = z.infer<typeof NetworkCamera>;

const seers = ['administrator', 'operator', 'investigator'] as const;
const keepers = ['administrator', 'operator'] as const;

export const rooms = {
  list: operation({ who: seers, tie: { to: 'nothing' }, events: [] }).output(z.array(Room)),
  discover: operation({ who: keepers, tie: { to: 'nothing' }, events: [] }).output(
    z.strictObject({
      devices: z.array(Device),
      problems: z.array(z.string()),
      encoder: MachineEncoder,
      network: z.array(NetworkCamera),
    }),
  ),
  save: operation({ who: keepers, tie: { to: 'nothing' }, events: ['room.changed'] })
    .input(
      z.strictObject({
        id: Id.nullable(),
        name: Line,
        sources: z.array(SourceChoice).min(1).max(5),
        /** null keeps what the room has; a new room then records plainly. */
        settings: RoomSettings.nullable().default(null),
      }),
    )
    .output(Room),
  remove: operation({ who: keepers, tie: { to: 'nothing' }, events: ['room.removed'] })
    .input(z.strictObject({ id: Id }))
    .output(Done),
};
