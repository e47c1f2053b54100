import type { z } from 'zod';
import type { Room, SourceChoice } from '../../shared/contract/rooms.ts';
import { type Device, SourcePlace } from '../../shared/domain/devices.ts';

/** What is chosen for one place of a room: nothing, a device that was found, or a network camera typed by hand. */
export type Choice =
  | { readonly how: 'nothing' }
  | { readonly how: 'device'; readonly device: Device }
  | { readonly how: 'network'; readonly address: string; readonly user: string; readonly password: string };

export type RoomChoices = Readonly<Record<SourcePlace, Choice>>;
export const placesOfRoom = SourcePlace.options;

const nothing: Choice = { how: 'nothing' };
export const emptyChoices: RoomChoices = {
  ...{ room: nothing, face: nothing },
  ...{ mic1: nothing, mic2: nothing, interpreter: nothing },
};
/** What a room can do without. */
const optional = ['mic2', 'interpreter'] as const;

/** What a place takes. A network camera may stand for a microphone too: its own sound. */
export function kindOf(place: SourcePlace): Device['kind'] {
  return place === 'room' || place === 'face' ? 'camera' : 'microphone';
}

/** A saved room as it is shown for changing; credentials never come back from the station. */
export function choicesOf(room: Pick<z.infer<typeof Room>, 'sources'>): RoomChoices {
  const found = new Map(room.sources.map(({ place, device }) => [place, device]));
  const choice = (place: SourcePlace): Choice => {
    const device = found.get(place);
    if (device === undefined) return nothing;
    return device.backend === 'rtsp'
      ? { how: 'network', address: device.address, user: '', password: '' }
      : { how: 'device', device };
  };
  return {
    ...{ room: choice('room'), face: choice('face') },
    ...{ mic1: choice('mic1'), mic2: choice('mic2'), interpreter: choice('interpreter') },
  };
}

/** What opens a device, as one string; for choosing from a list. */
export function keyOf(device: Device): string {
  return `${device.backend}|${device.address}`;
}

/** Whether a room can be saved: both views and a microphone. */
export function isComplete(choices: RoomChoices): boolean {
  const has = (choice: Choice) =>
    choice.how === 'device' || (choice.how === 'network' && /^rtsps?:\/\/\S+$/.test(choice.address.trim()));
  const rest = optional.every((place) => choices[place].how === 'nothing' || has(choices[place]));
  return has(choices.room) && has(choices.face) && has(choices.mic1) && rest;
}

/** What is sent to the station. */
export function sourcesOf(choices: RoomChoices): z.infer<typeof SourceChoice>[] {
  return placesOfRoom.map((place) => sourceOf(place, choices[place])).filter((source) => source !== null);
}

function sourceOf(place: SourcePlace, choice: Choice): z.infer<typeof SourceChoice> | null {
  switch (choice.how) {
    case 'nothing':
      return null;
    case 'device':
      return { place, device: choice.device, credentials: null };
    case 'network': {
      const address = choice.address.trim();
      const label = new URL(address).host || address;
      return {
        place,
        device: { kind: kindOf(place), backend: 'rtsp', address, label, simulated: false },
        credentials: choice.user.trim() === '' ? null : { user: choice.user.trim(), password: choice.password },
      };
    }
  }
}
