import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '../../../src/shared/domain/devices.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from '../../support/testCases.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

let station: TestStation;
let services: ReturnType<typeof casesOf>;
let officer: Awaited<ReturnType<TestStation['signIn']>>['person'];
beforeEach(async () => {
  station = await TestStation.ready();
  services = casesOf(station);
  officer = (await station.signIn('daniyar', passwords.keyHolder)).person;
});
afterEach(() => station.stop());

type Sources = Parameters<typeof services.rooms.save>[0]['sources'];
const save = (sources: Sources, name = 'Room 1', id: string | null = null) =>
  services.rooms.save({ id, name, sources }, officer);
const camera = (address: string, change: Partial<Device> = {}): Device => ({
  kind: 'camera',
  backend: 'rtsp',
  address,
  label: 'Door camera',
  simulated: false,
  ...change,
});
const mic = simulatedChoices('mic1');

describe('rooms', () => {
  it('are kept with their sources, whose ids are their places', async () => {
    const room = await save(simulatedChoices('room', 'face', 'mic1', 'mic2'));
    expect(room).toMatchObject({ name: 'Room 1', simulated: true, busyWith: null });
    expect(room.sources.map(({ id, kind }) => `${id}:${kind}`)).toEqual([
      'room:video',
      'face:video',
      'mic1:audio',
      'mic2:audio',
    ]);
    expect(services.rooms.list()).toEqual([room]);
    expect(station.actions().at(-1)).toBe('room.changed');
    expect(await services.rooms.discover()).toMatchObject({ problems: ['v4l2: no camera'] });
  });

  it('may have a microphone for the interpreter, a track of its own', async () => {
    const room = await save(simulatedChoices('room', 'face', 'mic1', 'mic2', 'interpreter'));
    expect(room.sources.at(-1)).toMatchObject({ id: 'interpreter', place: 'interpreter', kind: 'audio' });
    const camera = simulatedChoices('room').map((one) => ({ ...one, place: 'interpreter' as const }));
    expect(await refusalOf(() => save([...simulatedChoices('room', 'mic1'), ...camera], 'B'))).toBe('DEVICE_MISSING');
  });

  it('need a room view and a microphone, each place once and with what belongs there', async () => {
    expect(await refusalOf(() => save(simulatedChoices('room', 'face')))).toBe('ROOM_INCOMPLETE');
    expect(await refusalOf(() => save(simulatedChoices('face', 'mic1')))).toBe('ROOM_INCOMPLETE');
    expect(await refusalOf(() => save(simulatedChoices('room', 'mic1', 'mic1')))).toBe('REQUEST_MALFORMED');
    const swapped = simulatedChoices('room', 'mic1').map((one) => ({ ...one, place: 'room' as const }));
    expect(await refusalOf(() => save(swapped))).toBe('DEVICE_MISSING');
  });

  it('record as they were told to, and keep that when nothing is said of it', async () => {
    const sources = simulatedChoices('room', 'mic1');
    const plain = await save(sources);
    expect(plain.settings).toEqual({ preRecord: false, burnedClock: false });
    const settings = { preRecord: true, burnedClock: true };
    const { id } = await services.rooms.save({ id: null, name: 'Room 2', sources, settings }, officer);
    await save(sources, 'Room 2', id);
    expect((await services.rooms.sourcesFor(id)).settings).toEqual(settings);
    expect(station.log.eventsOf({ type: 'room', id }).at(-1)?.event.details).toMatchObject({
      pre_record: true,
      burned_clock: true,
    });
  });

  it('cannot pass a simulation off as a camera', async () => {
    const lie = { ...simulatedChoices('room')[0]?.device, simulated: false, label: 'Axis P3245' } as Device;
    const room = await save([{ place: 'room', device: lie, credentials: null }, ...mic]);
    expect(room.sources[0]?.device).toMatchObject({ simulated: true, label: 'Simulated room camera' });
    const unknown = camera('garden', { backend: 'simulated' });
    expect(await refusalOf(() => save([{ place: 'room', device: unknown, credentials: null }, ...mic], 'B'))).toBe(
      'DEVICE_MISSING',
    );
  });

  it('have names of their own', async () => {
    const room = await save(simulatedChoices('room', 'mic1'));
    expect(await refusalOf(() => save(simulatedChoices('room', 'mic1')))).toBe('NAME_TAKEN');
    expect(await refusalOf(() => save(simulatedChoices('room', 'mic1'), 'C', 'nowhere'))).toBe('ROOM_UNKNOWN');
    services.rooms.remove(room.id, officer);
    await save(simulatedChoices('room', 'mic1'));
    expect(await refusalOf(() => save(simulatedChoices('room', 'mic1'), 'C', room.id))).toBe('ROOM_UNKNOWN');
    expect(await refusalOf(() => services.rooms.remove(room.id, officer))).toBe('ROOM_UNKNOWN');
    expect(await refusalOf(() => services.rooms.sourcesFor('nowhere'))).toBe('ROOM_UNKNOWN');
  });
});

describe('a network camera', () => {
  const address = 'rtsp://10.0.0.7/stream';
  const credentials = { user: 'viewer', password: 'пароль-камеры' };

  it('has its password sealed to the station and nowhere else', async () => {
    const room = await save([{ place: 'room', device: camera(address), credentials }, ...mic]);
    expect(JSON.stringify(room)).not.toContain('viewer');
    expect(station.db.serialize().includes(Buffer.from(credentials.password, 'utf8'))).toBe(false);
    expect((await services.rooms.sourcesFor(room.id)).secrets).toEqual({ [address]: credentials });
  });

  it('has credentials that were typed into the address taken out of it', async () => {
    const typed = camera('rtsp://viewer:secret-7@10.0.0.7/stream', { label: 'rtsp://viewer:secret-7@10.0.0.7' });
    const room = await save([{ place: 'room', device: typed, credentials: null }, ...mic]);
    expect(room.sources[0]?.device.address).toBe(address);
    expect(JSON.stringify(room)).not.toContain('secret-7');
    expect((await services.rooms.sourcesFor(room.id)).secrets[address]?.password).toBe('secret-7');
    expect(
      await refusalOf(() => save([{ place: 'room', device: camera('http://x'), credentials: null }, ...mic], 'B')),
    ).toBe('DEVICE_ADDRESS_INVALID');
  });

  it('keeps its password when the room is changed without typing it again, also while the keys are closed', async () => {
    const { id } = await save([{ place: 'room', device: camera(address), credentials }, ...mic]);
    const after = new TestStation(station);
    const rooms = casesOf(after).rooms;
    const sources = [{ place: 'room' as const, device: camera(address), credentials: null }, ...mic];
    await rooms.save({ id, name: 'Renamed', sources }, officer);
    expect(await refusalOf(() => rooms.sourcesFor(id))).toBe('STATION_KEYS_LOCKED');
    expect((await services.rooms.sourcesFor(id)).secrets).toEqual({ [address]: credentials });
    await save(simulatedChoices('room', 'mic1'), 'Renamed', id);
    expect((await services.rooms.sourcesFor(id)).secrets).toEqual({});
  });
});

describe('a room with plans', () => {
  it('is neither removed while one waits, nor changed while one runs', async () => {
    const room = await save(simulatedChoices('room', 'mic1'));
    const caseId = services.cases.create({ number: '26-1', court: 'Court' }, officer).id;
    const child = await services.cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer);
    const { id } = await services.interviews.plan(
      {
        caseId,
        childId: child.id,
        kind: 'deposition',
        language: 'ru',
        room: room.id,
        plannedAt: '2026-11-21T12:00:00.000Z',
        plannedMinutes: 30,
        participants: [],
        further: null,
        missing: absences,
      },
      officer,
    );
    expect(await refusalOf(() => services.rooms.remove(room.id, officer))).toBe('ROOM_BUSY');
    await save(simulatedChoices('room', 'face', 'mic1'), 'Room 1', room.id);
    services.interviews.act(id, 'prepare');
    expect(services.rooms.list()[0]?.busyWith).toBe(id);
    expect(await refusalOf(() => save(simulatedChoices('room', 'mic1'), 'Room 1', room.id))).toBe('ROOM_BUSY');
    services.interviews.cancel(id, 'postponed', officer);
    services.rooms.remove(room.id, officer);
    expect(services.rooms.list()).toEqual([]);
    expect(services.interviews.get(id).room.name).toBe('Room 1');
    expect((await services.rooms.sourcesFor(room.id)).sources.length).toBe(3);
  });
});
