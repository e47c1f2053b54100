import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { questionsOf } from '../../../src/shared/domain/questions.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { askedInterview } from '../../support/askedInterview.ts';

let room: Awaited<ReturnType<typeof askedInterview>>;
beforeEach(async () => {
  room = await askedInterview();
});
afterEach(() => room.station.stop());

const STARTED = '2026-11-21T10:14:00.000Z';
const codeOf = (capacity: string, of = room.interview) =>
  of.participants.find((one) => one.capacity === capacity)?.code ?? '';
const decided = (question: string, step: number, interview = room.id) => ({ interview, question, step });
const list = (interview: string) => room.questions.view(interview, room.officer).questions;

/** The recorder ends by a fault; what was recorded is secured, and the same interview goes on. */
function cutOff(interview = room.id, exhibit = room.exhibit) {
  room.station.db
    .prepare('UPDATE exhibits SET started_at = ?, secured_at = ? WHERE number = ?')
    .run(STARTED, room.station.clock.now().toISOString(), exhibit);
  room.station.db.prepare("UPDATE interviews SET state = 'secured' WHERE id = ?").run(interview);
  return room.interviews.goOn(interview, room.person);
}

/** As the beginning of a recording does it. */
function begin(interview: string, atMs: number) {
  for (const entry of room.questions.entriesAtBegin(interview)) room.interviews.addEntry(interview, entry);
  room.become('recording', atMs, interview);
}

describe('an interview that goes on after a fault', () => {
  it('has what was open, once, with its history, and puts it into its record', () => {
    const { questions, officer, observer } = room;
    const letter = room.question({ by: codeOf('psychologist'), letter: '4/17' });
    questions.send(letter, officer);
    begin(room.id, 20_000);
    questions.decide({ to: 'reworded', ...decided('q-1', 0), wording: 'Who else was there?' }, officer);
    room.station.clock.forward(60);
    questions.send(room.question({ id: 'q-2', by: codeOf('defence'), priority: 'high' }), observer);
    for (const id of ['asked', 'declined']) questions.send(room.question({ id }), officer);
    questions.decide({ to: 'accepted', ...decided('asked', 0) }, officer);
    questions.decide({ to: 'asked', ...decided('asked', 1) }, officer);
    questions.decide({ to: 'declined', ...decided('declined', 0), reason: 'leading' }, officer);

    const second = cutOff();
    expect(list(second.id)).toMatchObject([
      {
        ...{ id: 'q-2', state: 'sent', priority: 'high', by: codeOf('defence', second), fromExhibit: room.exhibit },
        changes: [{ state: 'sent', atMs: null, at: '2026-11-21T10:14:20.000Z' }],
      },
      {
        ...{ id: 'q-1', state: 'reworded', step: 1, letter: '4/17', by: codeOf('psychologist', second) },
        wording: 'Who else was there?',
        changes: [
          { state: 'sent', atMs: null, at: STARTED },
          { state: 'reworded', atMs: null, at: '2026-11-21T10:14:20.000Z' },
        ],
      },
    ]);
    const [planned] = room.station.log.eventsOf({ type: 'exhibit', id: second.exhibit });
    expect(planned?.event.details).toMatchObject({ continues: room.exhibit, questions: ['q-2', 'q-1'] });
    // Asked for again, it is the same interview, and nothing is there twice.
    expect(room.interviews.goOn(room.id, room.person).id).toBe(second.id);
    expect(list(second.id)).toHaveLength(2);
    // The first one keeps what it had.
    expect(list(room.id).map(({ id }) => id)).toEqual(['q-2', 'q-1', 'asked', 'declined']);

    begin(second.id, 7_000);
    questions.decide({ to: 'asked', ...decided('q-1', 1, second.id) }, officer);
    const timeline = room.interviews.timeline(second.id);
    expect(EvidenceRecord.shape.timeline.safeParse(timeline).success).toBe(true);
    expect(timeline.filter(({ at_ms }) => at_ms === 0)).toHaveLength(3);
    expect(timeline[0]).toMatchObject({ from_exhibit: room.exhibit, at: expect.any(String) });
    expect(questionsOf(timeline).map(({ id, state, fromExhibit }) => [id, state, fromExhibit])).toEqual([
      ['q-1', 'asked', room.exhibit],
      ['q-2', 'sent', room.exhibit],
    ]);
  });

  it('goes on a second time, and says where each was said first', () => {
    room.questions.send(room.question(), room.officer);
    const second = cutOff();
    room.become('recording', 1_000, second.id);
    room.questions.send({ ...room.question({ id: 'q-2' }), interview: second.id }, room.officer);
    const third = cutOff(second.id, second.exhibit);
    expect(list(third.id).map(({ id, fromExhibit }) => [id, fromExhibit])).toEqual([
      ['q-1', room.exhibit],
      ['q-2', second.exhibit],
    ]);
  });

  it('begun anew by a plan with other people, names who asks by capacity', async () => {
    room.questions.send(room.question({ by: codeOf('defence') }), room.officer);
    room.station.db
      .prepare('UPDATE exhibits SET started_at = ?, secured_at = ? WHERE number = ?')
      .run(STARTED, STARTED, room.exhibit);
    room.station.db.prepare("UPDATE interviews SET state = 'secured' WHERE id = ?").run(room.id);
    const { caseId, child, kind, language } = room.interview;
    const plan = {
      ...{ caseId, childId: child.id, kind, language, room: room.interview.room.id, plannedMinutes: 60 },
      plannedAt: '2026-11-21T11:00:00.000Z',
      further: { reason: 'The recording was cut off', authority: 'Order 1' },
      missing: room.absences,
    };
    const second = await room.interviews.plan(
      { ...plan, participants: [{ capacity: 'teacher', place: 'interview', name: 'Ольга Ким' }] },
      room.person,
    );
    expect(second.continues).toBe(room.exhibit);
    expect(list(second.id)).toMatchObject([{ id: 'q-1', by: 'defence', state: 'sent' }]);
    room.station.clock.forward(1);
    // A second plan goes on from the same exhibit: what was open is there already.
    const third = await room.interviews.plan(
      { ...plan, participants: [], plannedAt: '2026-11-21T14:00:00.000Z' },
      room.person,
    );
    expect(list(third.id)).toEqual([]);
  });
});
