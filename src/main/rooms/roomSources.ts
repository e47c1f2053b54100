import type { z } from 'zod';
import type { SourceChoice } from '../../shared/contract/rooms.ts';
import type { Device, RtspCredentials, SourceConfig } from '../../shared/domain/devices.ts';
import { Refusal } from '../../shared/errors.ts';
import { parseRtspAddress, practiceDevices, simulatedDevices } from './devices/index.ts';

type Choice = z.infer<typeof SourceChoice>;

/** What a room's sources become: their configuration, and apart from it the credentials that were typed, by address. */
export interface ChosenSources {
  readonly sources: SourceConfig[];
  readonly credentials: ReadonlyMap<string, RtspCredentials>;
}

/**
 * Turns what a person chose into a room's sources; a source's id is its place. A room needs a room view and a microphone:
 * ROOM_INCOMPLETE with the missing place. Each place stands once, REQUEST_MALFORMED otherwise. What is simulated is told
 * by the backend alone, never by what was sent. DEVICE_MISSING for an unknown simulation or a device that cannot stand at
 * its place, DEVICE_ADDRESS_INVALID. A practice station (`practice`) takes its own simulations and no real device:
 * PRACTICE_DEVICES_ONLY.
 */
export function chooseSources(choices: readonly Choice[], practice: boolean): ChosenSources {
  const credentials = new Map<string, RtspCredentials>();
  const sources = choices.map((choice): SourceConfig => {
    const { device, login } = trueDevice(choice, practice);
    const camera = choice.place === 'room' || choice.place === 'face';
    if ((device.kind === 'camera') !== camera) throw new Refusal('DEVICE_MISSING', { device: device.label });
    if (login !== null) credentials.set(device.address, login);
    return { id: choice.place, place: choice.place, kind: camera ? 'video' : 'audio', device };
  });
  const places = sources.map((source) => source.place);
  for (const place of ['room', 'mic1'] as const) {
    if (!places.includes(place)) throw new Refusal('ROOM_INCOMPLETE', { place });
  }
  const twice = places.find((place, i) => places.indexOf(place) !== i);
  if (twice !== undefined) throw new Refusal('REQUEST_MALFORMED', { at: 'sources' });
  return { sources, credentials };
}

function trueDevice(
  { device, credentials }: Choice,
  practice: boolean,
): { device: Device; login: RtspCredentials | null } {
  if (device.backend === 'simulated') {
    const known = (practice ? practiceDevices : simulatedDevices).find(
      (one) => one.address === device.address && one.kind === device.kind,
    );
    if (known === undefined) throw new Refusal('DEVICE_MISSING', { device: device.label });
    return { device: known, login: null };
  }
  if (practice) throw new Refusal('PRACTICE_DEVICES_ONLY');
  const real = { ...device, label: device.label.normalize('NFC'), simulated: false };
  if (device.backend !== 'rtsp') return { device: real, login: null };
  const typed = parseRtspAddress(device.address);
  // A label that repeats the typed address would carry its password along.
  const label = /rtsp:|@/i.test(real.label) ? typed.label : real.label;
  return { device: { ...real, address: typed.address, label }, login: credentials ?? typed.credentials };
}
