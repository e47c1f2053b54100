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
import {
  instantOf,
  type PlanForm,
  planFaults,
  planInput,
  suggestedStart,
} from '../../../src/renderer/plan/planForm.ts';
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

describe('the plan', () => {
  const form: PlanForm = {
    childId: 'k1',
    kind: 'deposition',
    language: 'kk',
    room: 'r1',
    date: '2026-11-21',
    time: '10:00',
    minutes: 60,
    people: [{ key: 0, capacity: 'psychologist', place: 'interview', name: ' P ' }],
    reason: '',
    authority: '',
  };

  it('asks for reason and authority only where there was an earlier interview', () => {
    expect(planFaults(form, false)).toEqual({});
    expect(planFaults(form, true)).toEqual({ reason: 'reason', authority: 'missing' });
    expect(planInput('c1', form, true)).toBeNull();
    const whole = { ...form, reason: 'A new circumstance came up', authority: 'Ruling 12' };
    expect(planFaults(whole, true)).toEqual({});
    expect(planInput('c1', whole, true)?.further).toEqual({
      reason: 'A new circumstance came up',
      authority: 'Ruling 12',
    });
  });

  it('sends names trimmed and no reason that was not asked for', () => {
    const input = planInput('c1', { ...form, reason: 'typed, then not needed' }, false);
    expect(input?.further).toBeNull();
    expect(input?.participants).toEqual([{ capacity: 'psychologist', place: 'interview', name: 'P' }]);
    expect(new Date(input?.plannedAt ?? '').getTime()).toBe(new Date('2026-11-21T10:00:00').getTime());
  });

  it('names fields that are wrong', () => {
    expect(planFaults({ ...form, minutes: Number.NaN, time: '', room: '' }, false)).toEqual({
      minutes: 'minutes',
      time: 'time',
      room: 'missing',
    });
    expect(
      planFaults({ ...form, people: [{ key: 7, capacity: 'other', place: 'observation', name: ' ' }] }, false),
    ).toEqual({
      'person 7': 'missing',
    });
  });

  it('suggests the next half hour that leaves a quarter of an hour', () => {
    expect(suggestedStart(new Date('2026-11-21T09:14:00'))).toEqual({ date: '2026-11-21', time: '09:30' });
    expect(suggestedStart(new Date('2026-11-21T09:16:00'))).toEqual({ date: '2026-11-21', time: '10:00' });
    expect(suggestedStart(new Date('2026-11-21T23:50:00'))).toEqual({ date: '2026-11-22', time: '00:30' });
  });

  it('knows no time that does not exist', () => {
    expect(instantOf('2026-13-01', '10:00')).toBeNull();
    expect(instantOf('2026-11-21', '25:00')).toBeNull();
    expect(instantOf('21.11.2026', '10:00')).toBeNull();
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
