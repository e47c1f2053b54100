import { describe, expect, it } from 'vitest';
import { choicesOf, emptyChoices, isComplete, keyOf, sourcesOf } from '../../../src/renderer/admin/roomForm.ts';
import { groupsOf, isGroup } from '../../../src/renderer/entry/recoveryGroups.ts';
import {
  courtFaults,
  emptySetUp,
  personFaults,
  setUpInput,
  stationFaults,
} from '../../../src/renderer/entry/setUpForm.ts';
import { SourceChoice } from '../../../src/shared/contract/rooms.ts';
import { SetUpInput } from '../../../src/shared/contract/station.ts';
import type { Device } from '../../../src/shared/domain/devices.ts';

describe('the wizard', () => {
  const person = { name: 'A B', login: 'ab', password: 'a long phrase', again: 'a long phrase' };

  it('names what is missing', () => {
    expect(stationFaults(emptySetUp)).toEqual({ name: 'missing', id: 'idWrong' });
    expect(stationFaults({ ...emptySetUp, name: 'Room', id: 'Актау' })).toEqual({ id: 'idWrong' });
    expect(courtFaults({ ...emptySetUp, languages: [] })).toEqual({ court: 'missing', languages: 'languagesWrong' });
    expect(personFaults({ ...person, password: 'short', again: 'short' })).toEqual({ password: 'passwordShort' });
    expect(personFaults({ ...person, again: 'other' })).toEqual({ again: 'differs' });
    expect(personFaults(person, ' ab ')).toEqual({ login: 'sameLogin' });
    expect(personFaults(person, 'other')).toEqual({});
  });

  it('sends what the contract takes, and nothing typed besides', () => {
    const input = setUpInput({
      ...emptySetUp,
      name: ' Room 2 ',
      id: 'aktau2',
      court: 'SIJC',
      administrator: person,
      keyHolder: { ...person, login: 'kh', role: 'judge' },
    });
    expect(SetUpInput.parse(input)).toEqual(input);
    expect(input.name).toBe('Room 2');
    expect(JSON.stringify(input)).not.toContain('again');
  });
});

describe('the groups of a recovery sheet', () => {
  it('leave the name of the sheet out', () => {
    expect(groupsOf('BR1 0J87CD S73PYT 36')).toEqual(['0J87CD', 'S73PYT', '36']);
  });
  it('are compared as the key is read', () => {
    expect(isGroup(' 0j8-7cd ', '0J87CD')).toBe(true);
    expect(isGroup('0J87CE', '0J87CD')).toBe(false);
    expect(isGroup('', undefined)).toBe(false);
  });
});

describe('the room', () => {
  const camera = (address: string): Device => ({
    kind: 'camera',
    backend: 'v4l2',
    address,
    label: address,
    simulated: false,
  });
  const microphone: Device = { kind: 'microphone', backend: 'pulse', address: 'mic', label: 'Mic', simulated: false };
  const device = (one: Device) => ({ how: 'device', device: one }) as const;
  const whole = {
    ...emptyChoices,
    room: device(camera('/dev/video0')),
    face: { how: 'network', address: ' rtsp://192.168.1.20/s ', user: 'u', password: 'p' },
    mic1: device(microphone),
  } as const;

  it('is complete with both views and a microphone', () => {
    expect(isComplete(emptyChoices)).toBe(false);
    expect(isComplete(whole)).toBe(true);
    expect(isComplete({ ...whole, mic1: { how: 'nothing' } })).toBe(false);
    expect(isComplete({ ...whole, face: { how: 'network', address: 'http://x/', user: '', password: '' } })).toBe(
      false,
    );
  });

  it('sends a network camera with its credentials apart from the address', () => {
    const sources = sourcesOf(whole);
    expect(sources.map((source) => SourceChoice.parse(source))).toEqual(sources);
    expect(sources.map(({ place }) => place)).toEqual(['room', 'face', 'mic1']);
    expect(sources[1]).toEqual({
      place: 'face',
      device: {
        kind: 'camera',
        backend: 'rtsp',
        address: 'rtsp://192.168.1.20/s',
        label: '192.168.1.20',
        simulated: false,
      },
      credentials: { user: 'u', password: 'p' },
    });
  });

  it('shows a saved room again, without credentials', () => {
    const saved = sourcesOf(whole).map(({ place, device: one }) => ({
      id: place,
      place,
      kind: one.kind === 'camera' ? ('video' as const) : ('audio' as const),
      device: one,
    }));
    const choices = choicesOf({ sources: saved });
    expect(choices.face).toEqual({ how: 'network', address: 'rtsp://192.168.1.20/s', user: '', password: '' });
    expect(choices.mic2).toEqual({ how: 'nothing' });
    expect(choices.interpreter).toEqual({ how: 'nothing' });
    expect(choices.room.how === 'device' ? keyOf(choices.room.device) : null).toBe('v4l2|/dev/video0');
  });
});
