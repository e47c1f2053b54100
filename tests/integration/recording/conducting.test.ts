import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../../src/main/database/index.ts';
import type { Interview } from '../../../src/shared/contract/cases.ts';
import { codeOf } from '../../support/contractTable.ts';
import { type JourneyStation, peopledStation, plannedInterview } from '../../support/journey.ts';

let journey: JourneyStation;
let interview: Interview;
beforeAll(async () => {
  journey = await peopledStation();
  interview = await plannedInterview(journey);
}, 180_000);
afterAll(() => journey?.end());

const inDatabase = <T>(work: (db: ReturnType<typeof openDatabase>) => T): T => {
  const db = openDatabase(join(journey.folder, 'station.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
};

it('an own note is its author’s alone, closed in the database, and goes with the exhibit’s key', async () => {
  const { investigator, otherInvestigator } = journey.seats;
  const id = interview.id;
  const text = 'the okapi stood by the window';
  const kept = await investigator.client.conducting.keepNote({ interview: id, text });
  expect(kept).toMatchObject({ text, atMs: null });
  expect(await investigator.client.conducting.ownNotes({ interview: id })).toEqual([kept]);

  // A second officer of the same case sees nothing of it, and cannot take it away.
  const { account } = await otherInvestigator.client.session.me();
  await investigator.client.cases.assign({ caseId: interview.caseId, account: account?.id ?? '' });
  expect(await otherInvestigator.client.conducting.ownNotes({ interview: id })).toEqual([]);
  const drop = { interview: id, note: kept.id };
  expect(await codeOf(() => otherInvestigator.client.conducting.dropNote(drop))).toBe('OWN_NOTE_UNKNOWN');

  const sealed = inDatabase((db) => db.prepare('SELECT sealed FROM own_notes').pluck().get());
  expect(Buffer.from(sealed as Uint8Array).toString('latin1')).toMatch(/^age-encryption\.org\/v1/);
  expect(Buffer.from(sealed as Uint8Array).includes('okapi')).toBe(false);

  inDatabase((db) => {
    const set = db.prepare('UPDATE exhibits SET key_age = ? WHERE number = ?');
    set.run(Buffer.from('a key'), interview.exhibit);
    set.run(null, interview.exhibit);
  });
  expect(await investigator.client.conducting.ownNotes({ interview: id })).toEqual([]);
});

it('the time of this child in another case counts before the button already', async () => {
  const { client } = journey.seats.investigator;
  const before = (await client.recording.view({ interview: interview.id })).guard;
  expect(before).toMatchObject({ day: { usedMs: 0, limitMs: 240 * 60_000, grows: false }, pause: null });
});

it('nothing is marked, nobody comes and no reason is given while nothing is recorded', async () => {
  const { client } = journey.seats.investigator;
  const id = interview.id;
  const arrival = { interview: id, capacity: 'other', place: 'interview', name: 'N' } as const;
  expect(await codeOf(() => client.conducting.arrive(arrival))).toBe('INTERVIEW_WRONG_STATE');
  const reason = { interview: id, reason: 'it ends soon', by: null };
  expect(await codeOf(() => client.conducting.overrun(reason))).toBe('INTERVIEW_WRONG_STATE');
  const press = { interview: id, type: 'marker', label: '' } as const;
  expect(await codeOf(() => client.conducting.press(press))).toBe('INTERVIEW_WRONG_STATE');
  expect((await client.interviews.get({ interview: id })).participants).toEqual(interview.participants);
});
