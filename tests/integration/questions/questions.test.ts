import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { questionsOf } from '../../../src/shared/domain/questions.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { askedInterview } from '../../support/askedInterview.ts';
import { refusalOf } from '../../support/testStation.ts';

let room: Awaited<ReturnType<typeof askedInterview>>;
beforeEach(async () => {
  room = await askedInterview();
});
afterEach(() => room.station.stop());

const events = () =>
  room.station.log
    .eventsOf({ type: 'exhibit', id: room.exhibit })
    .map(({ event }) => event)
    .filter(({ action }) => action.startsWith('question.'));
const states = () => room.questions.view(room.id, room.officer).questions.map(({ id, state }) => `${id} ${state}`);
const decided = (question: string, step: number) => ({ interview: room.id, question, step });

describe('questions from the days before', () => {
  it('are reviewed, and stand on the timeline from the beginning with both wordings and the reasons', () => {
    const { questions, officer } = room;
    questions.send(room.question({ letter: '12-4/88' }), officer);
    questions.send(room.question({ id: 'q-2', text: 'He hit you, did he not?' }), officer);
    room.station.clock.forward(3600);
    questions.decide({ to: 'reworded', ...decided('q-2', 0), wording: 'What did he do?' }, officer);
    questions.decide({ to: 'declined', ...decided('q-1', 0), reason: 'asked-already' }, officer);
    expect(room.timeline()).toEqual([]);
    const entries = questions.entriesAtBegin(room.id);
    room.station.db.transaction(() => {
      for (const entry of entries) room.interviews.addEntry(room.id, entry);
    })();
    const timeline = room.timeline();
    expect(EvidenceRecord.shape.timeline.safeParse(timeline).success).toBe(true);
    expect(timeline.every(({ at_ms }) => at_ms === 0)).toBe(true);
    expect(questionsOf(timeline)).toMatchObject([
      { id: 'q-1', state: 'declined', reason: 'asked-already', letter: '12-4/88', sentAt: '2026-11-21T10:14:00.000Z' },
      { id: 'q-2', state: 'reworded', text: 'He hit you, did he not?', wording: 'What did he do?', by: 'prosecutor' },
    ]);
    // In the recording they go on where they stood, and nothing of before is put there twice.
    room.become('recording', 61_000);
    questions.decide({ to: 'asked', ...decided('q-2', 1) }, officer);
    expect(room.timeline().at(-1)).toMatchObject({
      at_ms: 61_000,
      state: 'asked',
      step: 2,
      wording: 'What did he do?',
    });
    expect(room.timeline().at(-1)?.['at']).toBeUndefined();
    expect(questions.entriesAtBegin(room.id)).toHaveLength(4);
    expect(questionsOf(room.timeline())).toEqual(
      questions.view(room.id, officer).questions.map(({ own: _, ...question }) => question),
    );
  });

  it('are asked in the order in which somebody put them', () => {
    const { questions, officer } = room;
    for (const id of ['a', 'b', 'c', 'd']) questions.send(room.question({ id }), officer);
    questions.order(room.id, ['c', 'a', 'c', 'nobody-knows'], officer);
    expect(questions.view(room.id, officer).questions.map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
    expect(events().at(-1)).toMatchObject({ action: 'question.ordered', details: { questions: ['c', 'a'] } });
    questions.send(room.question({ id: 'urgent', priority: 'high' }), officer);
    expect(questions.view(room.id, officer).questions.map(({ id }) => id)).toEqual(['urgent', 'c', 'a', 'b', 'd']);
  });
});

it('none is asked before there is a recording', async () => {
  const { questions, officer } = room;
  questions.send(room.question(), officer);
  questions.decide({ to: 'accepted', ...decided('q-1', 0) }, officer);
  expect(await refusalOf(() => questions.decide({ to: 'asked', ...decided('q-1', 1) }, officer))).toBe(
    'INTERVIEW_WRONG_STATE',
  );
  expect(states()).toEqual(['q-1 accepted']);
});

describe('a question from the observation room', () => {
  beforeEach(() => room.become('recording', 5_000));

  it('is on the timeline at its moment, and its sender and others see what becomes of it', () => {
    const { questions, observer, other, officer } = room;
    const [participant] = room.interview.participants.filter(({ place }) => place === 'observation');
    questions.send(room.question({ by: participant?.code ?? '', priority: 'high' }), observer);
    room.at(9_000);
    questions.decide({ to: 'accepted', ...decided('q-1', 0) }, officer);
    expect(questions.view(room.id, observer).questions).toMatchObject([
      { own: true, state: 'accepted', sentMs: 5_000 },
    ]);
    expect(questions.view(room.id, other).questions).toMatchObject([{ own: false, state: 'accepted' }]);
    expect(room.timeline()).toMatchObject([
      { at_ms: 5_000, type: 'question', question: 'q-1', state: 'sent', by: participant?.code, priority: 'high' },
      { at_ms: 9_000, type: 'question', question: 'q-1', state: 'accepted', label: 'Who was there?' },
    ]);
    expect(room.told()).toBe(2);
  });

  it('is one question however often it is sent, and never another one', async () => {
    const { questions, observer, other } = room;
    questions.send(room.question(), observer);
    questions.send(room.question(), observer);
    expect(states()).toEqual(['q-1 sent']);
    expect(events()).toHaveLength(1);
    expect(await refusalOf(() => questions.send(room.question({ text: 'Another one?' }), observer))).toBe(
      'REQUEST_MALFORMED',
    );
    // The same screen after it was let in anew.
    questions.send(room.question(), other);
    expect(states()).toEqual(['q-1 sent']);
  });

  it('keeps to its length, its room and its pace', async () => {
    const { questions, observer, other, officer, station } = room;
    const send = (change: object, by = observer) => refusalOf(() => questions.send(room.question(change), by));
    expect(await send({ text: 'x'.repeat(10_000) })).toBe('QUESTION_TOO_LONG');
    expect(await send({ text: ' \n\u0000 ' })).toBe('REQUEST_MALFORMED');
    const [inside] = room.interview.participants.filter(({ place }) => place === 'interview');
    expect(await send({ by: inside?.code })).toBe('REQUEST_MALFORMED');
    expect(await send({ by: 'p-nobody' })).toBe('REQUEST_MALFORMED');
    questions.send(room.question({ text: '<img src=x onerror=alert(1)>' }), observer);
    expect(room.timeline()[0]?.label).toBe('<img src=x onerror=alert(1)>');
    expect(await send({ id: 'q-2' })).toBe('QUESTION_TOO_FAST');
    // Another screen and people at the desk are not held up by it.
    questions.send(room.question({ id: 'q-3' }), other);
    questions.send(room.question({ id: 'q-4' }), officer);
    questions.send(room.question({ id: 'q-5' }), officer);
    for (let more = 2; more <= 100; more++) {
      station.clock.forward(1);
      questions.send(room.question({ id: `n-${more}` }), observer);
    }
    station.clock.forward(1);
    expect(await send({ id: 'one-too-many' })).toBe('QUESTION_TOO_MANY');
    expect(states()).toHaveLength(103);
  });

  it('is withdrawn by who sent it or by the officer, and then decided no more', async () => {
    const { questions, observer, other, officer } = room;
    questions.send(room.question(), observer);
    const away = { question: 'q-1', step: 0, reason: null };
    expect(await refusalOf(() => questions.withdraw(room.id, away, other))).toBe('QUESTION_NOT_YOURS');
    questions.withdraw(room.id, away, observer);
    expect(states()).toEqual(['q-1 withdrawn']);
    expect(await refusalOf(() => questions.decide({ to: 'accepted', ...decided('q-1', 1) }, officer))).toBe(
      'QUESTION_CHANGED',
    );
    questions.send(room.question({ id: 'q-2' }), other);
    questions.withdraw(room.id, { question: 'q-2', step: 0, reason: 'by telephone' }, officer);
    expect(questionsOf(room.timeline())).toMatchObject([{ state: 'withdrawn' }, { reason: 'by telephone' }]);
  });

  it('is decided by one of two who decide at once', async () => {
    const { questions, observer, officer } = room;
    const interviewer = { id: 'screen-9', role: 'interviewer' };
    questions.send(room.question(), observer);
    questions.decide({ to: 'accepted', ...decided('q-1', 0) }, officer);
    // The same decision once more is the answer that was lost, or a second person of the same mind.
    questions.decide({ to: 'accepted', ...decided('q-1', 0) }, interviewer);
    const late = { to: 'declined', ...decided('q-1', 0), reason: 'leading' } as const;
    expect(await refusalOf(() => questions.decide(late, interviewer))).toBe('QUESTION_CHANGED');
    expect(await refusalOf(() => questions.decide({ to: 'asked', ...decided('nothing', 0) }, officer))).toBe(
      'QUESTION_UNKNOWN',
    );
    expect(room.timeline().map((entry) => entry['state'])).toEqual(['sent', 'accepted']);
  });

  it('drops a wording that was taken back, and keeps one that stands', () => {
    const { questions, observer, officer } = room;
    questions.send(room.question(), observer);
    questions.decide({ to: 'reworded', ...decided('q-1', 0), wording: 'Who else?' }, officer);
    questions.decide({ to: 'not-asked', ...decided('q-1', 1), reason: 'no-time' }, officer);
    expect(questions.view(room.id, officer).questions[0]).toMatchObject({ wording: 'Who else?', reason: 'no-time' });
    questions.decide({ to: 'accepted', ...decided('q-1', 2) }, officer);
    expect(questions.view(room.id, officer).questions[0]).toMatchObject({ wording: null, reason: null });
  });

  it('is refused in words while the recording begins or ends, and when it is over', async () => {
    const { questions, observer, officer } = room;
    questions.send(room.question(), observer);
    room.become('recording', null);
    expect(await refusalOf(() => questions.send(room.question({ id: 'q-2' }), observer))).toBe('QUESTIONS_NOT_NOW');
    for (const state of ['ended', 'secured', 'sealed', 'cancelled', 'refused'] as const) {
      room.become(state);
      expect(await refusalOf(() => questions.send(room.question({ id: 'q-2' }), observer)), state).toBe(
        'QUESTIONS_OVER',
      );
      expect(await refusalOf(() => questions.decide({ to: 'accepted', ...decided('q-1', 0) }, officer))).toBe(
        'QUESTIONS_OVER',
      );
      expect(await refusalOf(() => questions.order(room.id, ['q-1'], officer))).toBe('QUESTIONS_OVER');
    }
    // One whose answer was lost is told that it arrived, also afterwards.
    expect(questions.send(room.question(), observer).questions).toHaveLength(1);
  });
});

describe('the custody log', () => {
  it('has an event for each change, with digests and ids and never a word', () => {
    const { questions, observer, officer } = room;
    room.become('recording', 1_000);
    questions.send(room.question({ text: 'What about Okapi?' }), observer);
    questions.decide({ to: 'reworded', ...decided('q-1', 0), wording: 'And Quagga?' }, officer);
    questions.decide({ to: 'not-asked', ...decided('q-1', 1), reason: 'as Oryx said' }, officer);
    questions.order(room.id, ['q-1'], officer);
    expect(events().map(({ action, actor }) => [action, actor.role])).toEqual([
      ['question.sent', 'observer'],
      ['question.reworded', 'investigator'],
      ['question.not-asked', 'investigator'],
      ['question.ordered', 'investigator'],
    ]);
    expect(events()[1]?.details).toMatchObject({ question: 'q-1', step: 1, at_ms: 1_000 });
    expect(JSON.stringify(events())).not.toMatch(/Okapi|Quagga|Oryx/);
  });

  it('and the question stand or fall together', () => {
    const { questions, observer, station } = room;
    room.become('recording', 1_000);
    station.failNextAppend();
    expect(() => questions.send(room.question(), observer)).toThrow('the disk is full');
    expect(room.timeline()).toEqual([]);
    expect(states()).toEqual([]);
    expect(events()).toEqual([]);
  });
});

describe('a screen that watches', () => {
  it('is told of each change, and for as long only as it may watch', async () => {
    const { questions, observer, other } = room;
    room.become('recording', 1_000);
    const stop = new AbortController();
    let may = true;
    const live = questions.live(room.id, observer, { signal: stop.signal, may: () => may });
    expect((await live.next()).value).toMatchObject({ state: 'recording', questions: [] });
    const next = live.next();
    questions.send(room.question(), other);
    expect((await next).value).toMatchObject({ questions: [{ id: 'q-1', own: false }] });
    // A change while nobody waits is in the next view.
    questions.send(room.question({ id: 'q-2' }), observer);
    expect((await live.next()).value?.questions).toHaveLength(2);
    may = false;
    expect(await live.next()).toEqual({ value: undefined, done: true });
    const aborted = questions.live(room.id, observer, { signal: stop.signal, may: () => true });
    await aborted.next();
    stop.abort();
    expect((await aborted.next()).done).toBe(true);
  });
});
