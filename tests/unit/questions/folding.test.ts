import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOpen,
  plainQuestion,
  type QuestionChange,
  QuestionState,
  questionMay,
  questionsOf,
  wordsToAsk,
} from '../../../src/shared/domain/questions.ts';
import type { TimelineEntry } from '../../../src/shared/evidence/record.ts';

const states = QuestionState.options;
const change = (question: string, step: number, state: QuestionState, more: object = {}): QuestionChange => ({
  ...{ at_ms: 1000 * step, type: 'question', label: `What about ${question}?`, question, step },
  ...{ by: 'prosecutor', priority: 'normal', state },
  ...more,
});
/** A way through the table that begins with `sent`. */
const walk = fc.array(fc.nat(), { maxLength: 8 }).map((picks) => {
  const way: QuestionState[] = ['sent'];
  for (const pick of picks) {
    const next = states.filter((to) => questionMay(way.at(-1) ?? 'sent', to));
    way.push(...next.slice(pick % Math.max(1, next.length)).slice(0, 1));
  }
  return way;
});

describe('the way of a question', () => {
  it('is asked only where it was accepted', () => {
    expect(states.filter((from) => questionMay(from, 'asked'))).toEqual(['accepted', 'reworded', 'not-asked']);
    expect(questionMay('sent', 'asked')).toBe(false);
  });

  it('ends where it was withdrawn, and never goes back to the beginning', () => {
    for (const state of states) {
      expect(questionMay('withdrawn', state), state).toBe(false);
      expect(questionMay(state, 'sent'), state).toBe(false);
    }
  });

  it('what is open can be closed', () => {
    for (const state of states.filter((one) => isOpen({ state: one }))) {
      expect(questionMay(state, 'not-asked'), state).toBe(true);
      expect(questionMay(state, 'withdrawn'), state).toBe(true);
    }
  });
});

describe('the questions of a timeline', () => {
  it('are the same whatever the order of the entries', () => {
    fc.assert(
      fc.property(fc.array(walk, { maxLength: 4 }), fc.infiniteStream(fc.nat()), (ways, mix) => {
        const entries = ways.flatMap((way, at) => way.map((state, step) => change(`q${at}`, step, state)));
        const mixed = entries
          .map((entry) => ({ entry, by: mix.next().value }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ entry }) => entry);
        const folded = questionsOf(mixed);
        expect(folded).toEqual(questionsOf(entries));
        expect(folded.map(({ state }) => state).toSorted()).toEqual(ways.map((way) => way.at(-1)).toSorted());
        for (const { changes, step } of folded) expect(changes.length).toBe(step + 1);
      }),
    );
  });

  it('carry both wordings, the reason where one is, and when they were sent', () => {
    const [question] = questionsOf([
      change('q', 1, 'reworded', { wording: 'Who was there?' }),
      change('q', 0, 'sent', { letter: '12/4', at: '2026-11-20T08:00:00.000Z', at_ms: 0 }),
      change('q', 2, 'not-asked', { wording: 'Who was there?', reason: 'answered', at_ms: 9000 }),
    ]);
    expect(question).toMatchObject({
      ...{ text: 'What about q?', wording: 'Who was there?', state: 'not-asked', reason: 'answered', letter: '12/4' },
      ...{ sentMs: null, sentAt: '2026-11-20T08:00:00.000Z' },
    });
    expect(question?.changes.map(({ atMs }) => atMs)).toEqual([null, 1000, 9000]);
    expect(question && wordsToAsk(question)).toBe('Who was there?');
  });

  it('pass over what is no question of ours', () => {
    const others: TimelineEntry[] = [
      { at_ms: 5, type: 'question', label: 'an older one without a state' },
      { at_ms: 6, type: 'note', label: 'q', question: 'q', step: 0, by: 'other', priority: 'normal', state: 'sent' },
    ];
    expect(questionsOf(others)).toEqual([]);
    expect(questionsOf([...others, change('q', 0, 'sent')])).toHaveLength(1);
  });

  it('come in the order in which they were sent, those of the days before first', () => {
    const ids = questionsOf([
      change('late', 0, 'sent', { at_ms: 4000 }),
      change('early', 0, 'sent', { at_ms: 200 }),
      change('day', 0, 'sent', { at_ms: 0, at: '2026-11-21T08:00:00.000Z' }),
      change('week', 0, 'sent', { at_ms: null, at: '2026-11-14T08:00:00.000Z' }),
    ]).map(({ id }) => id);
    expect(ids).toEqual(['week', 'day', 'early', 'late']);
  });
});

describe('the text of a question', () => {
  it('is one line of plain characters; markup stays characters', () => {
    expect(plainQuestion('  Who\n\twas  there?\u0000 ')).toBe('Who was there?');
    expect(plainQuestion('<b onclick="x()">Who</b>')).toBe('<b onclick="x()">Who</b>');
    expect(plainQuestion('a\u202eb\u2066c\ufeffd')).toBe('a b c d');
    expect(plainQuestion('и\u0306')).toBe('й');
    expect(plainQuestion('\u200b \u2028')).toBe('');
  });

  it('never holds what a record could not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = plainQuestion(text);
        expect(plain).toBe(plainQuestion(plain));
        expect(plain.isWellFormed()).toBe(true);
        expect(plain).toBe(plain.normalize('NFC').trim());
      }),
    );
  });
});
