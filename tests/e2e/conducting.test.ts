import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/main/database/index.ts';
import { barriers, draw, draws, settingsOf, shoot } from '../support/drawing.ts';
import { type LiveScreens, liveScreens, whyNoScreens } from '../support/liveScreen.ts';
import { until } from '../support/until.ts';

/** This machine may be busy: how long a thing takes is not what is asked here. */
const WAIT = { timeout: 120_000 };

let screens: LiveScreens | null = null;
afterEach(async () => {
  await screens?.end();
  screens = null;
});

/** As if this child had been questioned in another case until a moment ago, and the recording had been cut off. */
function questionedBefore(folder: string, interview: string, minutes: number): void {
  const db = openDatabase(join(folder, 'station.db'));
  const started = new Date(Date.now() - minutes * 60_000 - 20_000).toISOString();
  const copy = (table: string, key: string, set: Readonly<Record<string, string | null>>) => {
    const row = db.prepare(`SELECT * FROM ${table} WHERE ${key} = ?`).get(interview) as Record<string, unknown>;
    const made = { ...row, ...set };
    const names = Object.keys(made);
    db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
      Object.values(made),
    );
  };
  const earlier = { number: 'demo-2026-009999', id: 'earlier' };
  copy('interviews', 'id', { id: earlier.id, exhibit: earlier.number, state: 'secured', planned_at: started });
  copy('exhibits', 'interview_id', {
    ...{ number: earlier.number, interview_id: earlier.id, state: 'secured', folders: '[]', key_age: null },
    ...{ recipient: null, started_at: started, secured_at: started, secure_reason: 'recorder-ended' },
  });
  const at = minutes * 60_000;
  db.prepare('INSERT INTO timeline (interview_id, at_ms, entry) VALUES (?, ?, ?)').run(
    earlier.id,
    at,
    JSON.stringify({ at_ms: at, label: '1', number: 1, type: 'marker' }),
  );
  db.close();
}

const atWork = async (page: Page) => {
  await page.locator('.br-room-foot').waitFor(WAIT);
  await page.locator('.br-tile video:not([data-hidden]), .br-tile img').first().waitFor(WAIT);
  await page.locator('.br-limits').waitFor(WAIT);
};
const asked = (key: string) => async (page: Page) => {
  await atWork(page);
  await page.keyboard.press(key);
  await page.getByRole('dialog').waitFor();
};

it('two people conduct one interview: its limits, marks, rooms, own notes, and a quiet screen', {
  timeout: 900_000,
}, async ({ skip }) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await liveScreens();
  const { people, interview, running, wrong } = screens;
  const { client } = people.seats.investigator;
  const id = interview.id;
  questionedBefore(running.station.folder, id, 130);
  await screens.begin();
  const timeline = async () => (await client.recording.view({ interview: id })).timeline;

  // The child was questioned for more than two hours before: it is said, and the reason is asked for, at once.
  const page = await screens.seat('investigator', `/interview/${id}`);
  await atWork(page);
  const limits = page.locator('.br-limits');
  await limits.getByText('A break is due.').waitFor();
  await limits.getByText(/2 h 1\d min of 4 h/).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'limit-over', { come: atWork });
  await limits.getByRole('button', { name: 'Say why' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'It ends within minutes' }).click();
  expect(await barriers(page)).toEqual([]);
  await draw(page, 'limit-reason', {
    come: async (again) => {
      await atWork(again);
      await again.locator('.br-limits button').click();
      await again.getByRole('dialog').waitFor();
    },
  });
  if (draws) {
    await dialog.getByRole('button', { name: 'It ends within minutes' }).click();
  }
  await dialog.getByRole('button', { name: 'Put it on record' }).click();
  await limits.getByText('A break is due; the reason is on record').waitFor();
  expect((await timeline()).at(-1)).toMatchObject({ type: 'note', overrun: ['minor-limits'], limits: ['run'] });

  // The interviewer's screen: what is pressed there is seen at the desk, and the other way round.
  const quiet = await screens.paired(running.station.http.screens.newCode('interviewer', id));
  await quiet.setViewportSize({ width: 800, height: 600 });
  await quiet.getByText('No phase begun').waitFor(WAIT);
  expect(await barriers(quiet)).toEqual([]);
  await quiet.getByRole('button', { name: 'Marker' }).click();
  await page.getByText('Marker 1').waitFor();
  await quiet.getByText('1 set').waitFor();
  await page.keyboard.press('KeyN');
  await quiet.getByText('Then: Rapport').waitFor();
  await quiet.getByRole('button', { name: 'Begin: Rapport' }).click();
  await page.locator('.br-phases [aria-current=step]', { hasText: 'Rapport' }).waitFor();
  await client.recording.mark({ type: 'chapter', interview: id, phase: 'rapport' });
  expect((await timeline()).filter(({ type }) => type === 'chapter').map((entry) => entry['by'])).toEqual([
    expect.any(String),
    'interviewer',
  ]);
  await quiet.getByRole('button', { name: 'Break', exact: true }).click();
  await page.getByText(/^Break since .*The recording goes on\.$/).waitFor();
  for (const button of await quiet.locator('.br-aside-acts button').all()) {
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await quiet.reload();
  const end = quiet.getByRole('button', { name: 'End the break' });
  await end.waitFor(WAIT);
  await drawQuiet(quiet);
  await end.click();
  await quiet.getByRole('button', { name: 'Break', exact: true }).waitFor();
  const text = (await quiet.locator('body').textContent()) ?? '';
  for (const secret of [interview.caseNumber, interview.exhibit, interview.child.code])
    expect(text).not.toContain(secret);

  // Somebody comes who was not planned, and goes over to the other room.
  await page.keyboard.press('KeyR');
  await dialog.getByLabel('Name').fill('Saule Nurlanovna');
  await dialog.getByRole('button', { name: 'Comes in' }).click();
  const other = dialog.locator('.br-roster .br-row', { hasText: 'Other' });
  await other.getByRole('button', { name: 'to the interview room' }).click();
  await other.getByText('Interview room').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await draw(page, 'roster', { come: asked('KeyR') });
  if (draws) await page.keyboard.press('Escape');

  // A drawing: a still of the room's camera, with its title, at its moment.
  await atWork(page);
  await page.keyboard.press('KeyD');
  await dialog.getByRole('button', { name: 'Take it from “Room view”' }).click();
  await dialog.getByRole('img', { name: 'The picture as it will be kept' }).waitFor();
  await dialog.getByLabel('Title').fill('The house and the fence');
  await dialog.getByLabel('What the child said about it').fill('the fence is new');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep the picture' }).click();
  await page.locator('.br-timeline-picture').waitFor(WAIT);
  const drawing = (await timeline()).find((entry) => entry.label === 'The house and the fence');
  expect(drawing).toMatchObject({
    type: 'note',
    attachment: expect.stringMatching(/^attachments\/.*\.jpg$/),
    of: 'child',
  });
  await draw(page, 'picture', {
    come: async (again) => {
      await asked('KeyD')(again);
      await again.getByRole('dialog').getByRole('button').nth(1).click();
      await again.locator('.br-drawing-frame img').waitFor();
    },
  });
  if (draws) await page.keyboard.press('Escape');

  // A note for oneself: nobody else's, not on the timeline.
  await atWork(page);
  await page.keyboard.press('KeyT');
  await dialog.getByLabel('Note').fill('Only I know this about the quokka');
  await dialog.getByText('Only for me').click();
  await dialog.getByRole('button', { name: 'Keep it for me' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(JSON.stringify(await timeline())).not.toContain('quokka');
  await draw(page, 'note', { come: asked('KeyT') });
  if (draws) await page.keyboard.press('Escape');

  // It is ended: the note is shown to its author, the record has what was shared.
  expect((await client.recording.stop({ interview: id, confirmed: true })).state).toBe('sealed');
  await quiet.getByText('The interview is over').waitFor(WAIT);
  await page.goto(`${running.origin}/interview/${id}`);
  await page.getByText('Only I know this about the quokka').waitFor(WAIT);
  const record = recordOf(running.station.folder, interview.exhibit);
  expect(record).not.toContain('quokka');
  expect(record).not.toContain('Saule');
  expect(record).toContain('"from_place":"observation"');
  expect(record).toContain('"title":"The house and the fence"');
  await until('the log tells that there is a reason', async () => {
    const { events } = await people.seats.administrator.client.custody.list({ before: null, count: 200 });
    const actions = events.map(({ action }) => action);
    return actions.includes('interview.limit-exceeded') && actions.includes('participant.joined');
  });
  expect(wrong).toEqual([]);
});

function recordOf(folder: string, exhibit: string): string {
  const db = openDatabase(join(folder, 'station.db'));
  const bytes = db.prepare('SELECT record FROM exhibits WHERE number = ?').pluck().get(exhibit);
  db.close();
  return Buffer.from(bytes as Uint8Array).toString('utf8');
}

/** The quiet screen as it is on a small screen, on a tablet, and in the dark. */
async function drawQuiet(page: Page): Promise<void> {
  if (!draws) return;
  const come = async (again: Page) => {
    await again.locator('.br-aside-acts').waitFor(WAIT);
  };
  await page.setViewportSize({ width: 1024, height: 768 });
  await draw(page, 'interviewer', { come });
  await page.setViewportSize({ width: 800, height: 600 });
  await draw(page, 'interviewer-small', { in: ['ru', 'en'], come });
  await settingsOf(page, 'kk', 'dark');
  await come(page);
  await shoot(page, 'kk', 'interviewer-dark');
  await settingsOf(page, 'en');
}
