import type { z } from 'zod';
import { QuestionsService } from '../../src/main/questions/index.ts';
import type { SendInput } from '../../src/shared/contract/questions.ts';
import type { InterviewState } from '../../src/shared/domain/interviewStates.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from './testCases.ts';
import { passwords, TestStation } from './testStation.ts';

type SendInputShape = z.infer<typeof SendInput>;

/** A planned interview with its questions, over a database in memory; the recording's clock and state are the test's to set. */
export async function askedInterview() {
  const station = await TestStation.ready();
  const { cases, interviews, rooms } = casesOf(station, (which) => questions.carry(which));
  const officer = (await station.signIn('daniyar', passwords.keyHolder)).person;
  const room = (await rooms.save({ id: null, name: 'Room 1', sources: simulatedChoices('room', 'mic1') }, officer)).id;
  const caseId = cases.create({ number: '26-0001', court: 'Juvenile court' }, officer).id;
  const childId = (await cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer)).id;
  const interview = await interviews.plan(
    {
      ...{ caseId, childId, kind: 'deposition', language: 'kk', room },
      ...{ plannedAt: '2026-11-22T09:00:00.000Z', plannedMinutes: 60, further: null, missing: absences },
      participants: [
        { capacity: 'psychologist', place: 'interview', name: 'Гүлнар Ермекова' },
        { capacity: 'defence', place: 'observation', name: 'Пётр Ли' },
      ],
    },
    officer,
  );
  let elapsed: number | null = null;
  let told = 0;
  const questions: QuestionsService = new QuestionsService({
    db: station.db,
    clock: station.clock,
    custody: () => station.appender,
    interview: (id) => interviews.get(id),
    timeline: (id) => interviews.timeline(id),
    elapsedMs: () => elapsed,
    addEntry: (id, entry) => interviews.addEntry(id, entry),
    timelineChanged: () => {
      told += 1;
    },
  });
  const { id, exhibit } = interview;
  return {
    ...{ station, interviews, questions, interview, id, exhibit, person: officer, absences },
    officer: { id: officer.code, role: officer.role },
    observer: { id: 'screen-1', role: 'observer' },
    other: { id: 'screen-2', role: 'observer' },
    told: () => told,
    timeline: () => interviews.timeline(id),
    /** As the recording does it: the state, and what was asked before put on the timeline. */
    become: (state: InterviewState, atMs: number | null = null, of = id) => {
      elapsed = atMs;
      station.db.prepare('UPDATE interviews SET state = ? WHERE id = ?').run(state, of);
    },
    at: (atMs: number) => {
      elapsed = atMs;
    },
    question: (change: Partial<SendInputShape> = {}): SendInputShape => ({
      ...{ interview: id, id: 'q-1', text: 'Who was there?', by: 'prosecutor', priority: 'normal', letter: null },
      ...change,
    }),
  };
}
