import { afterEach, beforeEach, expect, it } from 'vitest';
import { markToEntry } from '../../../src/main/recording/timeline.ts';
import { Observers, ScreenRegistry } from '../../../src/main/server/index.ts';
import { askedInterview } from '../../support/askedInterview.ts';
import { refusalOf } from '../../support/testStation.ts';

let room: Awaited<ReturnType<typeof askedInterview>>;
beforeEach(async () => {
  room = await askedInterview();
  room.become('recording', 1_000);
});
afterEach(() => room.station.stop());

const screen = { id: 'screen-1', kind: 'observer', of: '' } as const;
const codeOf = (capacity: string) => room.interview.participants.find((one) => one.capacity === capacity)?.code ?? '';

/** Comes, goes or changes rooms, as somebody at the desk presses it. */
function move(capacity: string, present: boolean, place?: 'interview' | 'observation'): void {
  const press = { type: 'roster', interview: room.id, participant: codeOf(capacity), present } as const;
  const input = place === undefined ? press : { ...press, place };
  const entry = markToEntry(input, 2_000, room.timeline(), room.interview.participants, 'a-1');
  room.interviews.addEntry(room.id, entry);
}

const seen = () =>
  new Observers({
    clock: room.station.clock,
    screens: new ScreenRegistry(room.station.clock),
    codes: { endOf: () => undefined },
    custody: () => room.station.appender,
    view: (id) => ({
      interview: room.interviews.get(id),
      timeline: room.interviews.timeline(id),
      ...{ recorder: null, elapsedMs: 3_000, phase: null, phases: [], guard: null },
    }),
  })
    .watch(room.id, screen, room.observer)
    .present.map(({ capacity, place }) => `${capacity} ${place}`);

it('the observers’ screen shows everybody in the room where they are now', () => {
  expect(seen()).toEqual(['psychologist interview', 'defence observation']);
  move('psychologist', true, 'observation');
  expect(seen()).toEqual(['psychologist observation', 'defence observation']);
  move('psychologist', true, 'interview');
  move('defence', false);
  expect(seen()).toEqual(['psychologist interview']);
  // Comes back, into the other room.
  move('defence', true, 'interview');
  expect(seen()).toEqual(['psychologist interview', 'defence interview']);
});

it('who changed rooms asks from the room where they are now', async () => {
  const { questions, observer } = room;
  const ask = (id: string, capacity: string) =>
    refusalOf(() => questions.send(room.question({ id, by: codeOf(capacity) }), observer));
  expect(await ask('q-1', 'psychologist')).toBe('REQUEST_MALFORMED');
  move('psychologist', true, 'observation');
  expect(questions.view(room.id, observer).askers.map(({ place }) => place)).toEqual(['observation', 'observation']);
  questions.send(room.question({ by: codeOf('psychologist') }), observer);
  move('defence', true, 'interview');
  room.station.clock.forward(2);
  expect(await ask('q-2', 'defence')).toBe('REQUEST_MALFORMED');
});
