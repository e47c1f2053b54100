import type { Locator, Page } from 'playwright';
import { picturesPlaying } from './liveScreen.ts';
import { until } from './until.ts';
import { asked, DRAWING, type FiveScreens, PATIENCE_MS, PRIVATE_NOTE, wishes } from './walkPeople.ts';

/** On the observers' screens both cameras play. */
export async function watched(page: Page): Promise<void> {
  await until('both live pictures play', async () => (await picturesPlaying(page)) === 2, {
    ...{ withinMs: PATIENCE_MS, everyMs: 250 },
  });
}

/** The button. */
export async function begin({ desk, prosecution, defence }: FiveScreens): Promise<void> {
  await desk.getByRole('button', { name: 'Start recording' }).click();
  await desk.getByRole('button', { name: 'Stop and seal…' }).waitFor();
  await watched(prosecution);
  await watched(defence);
}

const onTimeline = (desk: Page, words: string) => desk.getByRole('listitem').filter({ hasText: words }).waitFor();

/** Phases from both sides of the glass, a marker, a note for the record and one for oneself. */
export async function chaptersAndNotes({ desk, quiet, defence }: FiveScreens): Promise<void> {
  await desk.getByRole('button', { name: 'Next phase' }).click();
  await quiet.getByText('Then: Rapport').waitFor();
  await quiet.getByRole('button', { name: 'Begin: Rapport' }).click();
  await onTimeline(desk, 'Phase: Rapport');
  await desk.getByRole('button', { name: 'Next phase' }).click();
  await quiet.getByRole('button', { name: 'Begin: Free narrative' }).click();
  await onTimeline(desk, 'Phase: Free narrative');
  await defence.getByText('Free narrative').waitFor();

  await quiet.getByRole('button', { name: 'Marker' }).click();
  await onTimeline(desk, 'Marker 1');
  const dialog = desk.getByRole('dialog');
  const write = async (words: string, save: string) => {
    await desk.getByRole('button', { name: 'Note' }).click();
    await dialog.getByLabel('Note', { exact: true }).fill(words);
    if (save === 'Keep it for me') await dialog.getByText('Only for me', { exact: true }).click();
    await dialog.getByRole('button', { name: save }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await write('The child points at the door', 'Put it on the timeline');
  await onTimeline(desk, 'The child points at the door');
  await write(PRIVATE_NOTE, 'Keep it for me');
}

const more = async (desk: Page, item: string) => {
  await desk.getByRole('button', { name: 'More' }).click();
  await desk.getByRole('menuitem', { name: item }).click();
};

/** Somebody leaves and comes again; those who watch see it. */
export async function leavesAndComes({ desk, defence }: FiveScreens): Promise<void> {
  const dialog = desk.getByRole('dialog');
  await more(desk, 'Who is here');
  const mother = dialog.getByRole('listitem').filter({ hasText: 'Legal representative' });
  await mother.getByRole('button', { name: 'leaves' }).click();
  await mother.getByText('is not here').waitFor();
  const seen = defence.getByRole('definition').filter({ hasText: 'Legal representative' });
  await seen.waitFor({ state: 'detached' });
  await mother.getByRole('button', { name: 'comes in' }).click();
  await seen.waitFor();
  await desk.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** A file becomes a drawing of the child's. */
export async function drawing({ desk }: FiveScreens): Promise<void> {
  const dialog = desk.getByRole('dialog');
  await more(desk, 'Drawing or object');
  const chooser = desk.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Photograph or choose a file' }).click();
  await (await chooser).setFiles({ name: `${asked.brought}.png`, mimeType: 'image/png', buffer: DRAWING });
  await dialog.getByLabel('Title').fill('The bus stop');
  await dialog.getByLabel('What the child said about it').fill('this is the bench');
  await dialog.getByRole('button', { name: 'Keep the picture' }).click();
  await onTimeline(desk, 'Picture: The bus stop');
}

const line = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text });

/** What the observers ask, what becomes of it, and what a reload and a lost network do to it: nothing. */
export async function questions({ desk, quiet, prosecution, defence }: FiveScreens): Promise<void> {
  const dialog = desk.getByRole('dialog');
  const ask = async (page: Page, text: string, urgent = false) => {
    await page.getByLabel('Question', { exact: true }).fill(text);
    if (urgent) await page.getByLabel('Urgent').check();
    await page.getByRole('button', { name: 'Send the question' }).click();
  };
  await prosecution.getByLabel('Who asks').selectOption({ label: 'Prosecutor' });
  await defence.getByLabel('Who asks').selectOption({ label: 'Defence lawyer' });

  // Accepted as it is: by the desk; asked by the interviewer, and the one from the day before with it.
  await ask(prosecution, asked.accepted);
  await line(defence, asked.accepted).getByText('waits').waitFor();
  await desk.getByRole('tab', { name: /1 question waits/ }).click();
  await line(desk, asked.accepted).getByRole('button', { name: 'Accept' }).click();
  await line(prosecution, asked.accepted).getByText('will be asked', { exact: true }).waitFor();
  const next = async (text: string, page: Page) => {
    await quiet.getByRole('region', { name: 'Questions' }).getByText(text).waitFor();
    await quiet.getByRole('button', { name: 'Asked', exact: true }).first().click();
    await line(page, text).getByText('asked', { exact: true }).waitFor();
  };
  await next(asked.brought, defence);
  await next(asked.accepted, prosecution);

  // Reworded, and before others because it is urgent; declined with a reason. The senders see it.
  await ask(prosecution, asked.declined);
  await line(desk, asked.declined).waitFor();
  await ask(defence, asked.reworded, true);
  await line(prosecution, asked.reworded).getByText('urgent').waitFor();
  await line(desk, asked.reworded).getByRole('button', { name: 'Reword…' }).click();
  await dialog.getByLabel('Your wording').fill(asked.wording);
  await dialog.getByRole('button', { name: 'Use this wording' }).click();
  await line(defence, asked.wording).getByText('will be asked, reworded').waitFor();
  await line(defence, asked.wording).getByText(`As it was sent: ${asked.reworded}`).waitFor();
  await line(desk, asked.declined).getByRole('button', { name: 'Decline…' }).click();
  await dialog.getByRole('button', { name: 'Leading' }).click();
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await line(prosecution, asked.declined).getByText('Reason: Leading').waitFor();
  await next(asked.wording, defence);

  // One browser loads anew and has everything again; the other loses its network in the midst.
  await prosecution.reload();
  await line(prosecution, asked.declined).getByText('declined').waitFor();
  await watched(prosecution);
  await defence.context().setOffline(true);
  await defence.getByText('No connection. This list may be old').waitFor();
  await ask(defence, asked.offline);
  await defence.getByText('1 question is not sent yet').waitFor();
  await ask(prosecution, asked.meanwhile);
  await line(desk, asked.meanwhile).getByRole('button', { name: 'Accept' }).click();
  await line(prosecution, asked.meanwhile).getByText('will be asked', { exact: true }).waitFor();
  await defence.context().setOffline(false);
  await line(defence, asked.meanwhile).getByText('will be asked', { exact: true }).waitFor();
  await line(prosecution, asked.offline).getByText('waits').waitFor();
  await defence.getByText('1 question is not sent yet').waitFor({ state: 'detached' });
  await watched(defence);
}

/** The child's four wishes, each seen at the desk before the next. */
export async function childWishes({ desk, quiet, tablet }: FiveScreens): Promise<void> {
  await desk.getByRole('tab', { name: 'Timeline' }).click();
  for (const { says, desk: words } of wishes) {
    await tablet.getByRole('button', { name: says }).click();
    await onTimeline(desk, words);
  }
  await quiet.getByText('“I don’t want to say that now”').waitFor();
}

/** A break is due: the reason of going on, by a person who is there; then the break, which the interviewer ends. */
export async function limitAndBreak({ desk, quiet, prosecution }: FiveScreens): Promise<void> {
  const dialog = desk.getByRole('dialog');
  await desk.getByText('A break is due.').waitFor();
  await quiet.getByText(/^due for /).waitFor();
  await desk.getByRole('button', { name: 'Say why' }).click();
  await dialog.getByRole('button', { name: 'The child wants to go on' }).click();
  await dialog.getByRole('combobox', { name: 'Who says so' }).click();
  await desk.getByRole('option', { name: 'Teacher' }).click();
  await dialog.getByRole('button', { name: 'Put it on record' }).click();
  await desk.getByText('A break is due; the reason is on record').waitFor();

  await desk.getByRole('button', { name: 'Break', exact: true }).click();
  await dialog.getByRole('button', { name: 'To gather the observers’ questions' }).click();
  await dialog.getByRole('button', { name: 'Begin the break' }).click();
  await prosecution.getByText('Break', { exact: true }).waitFor();
  await quiet.getByRole('button', { name: 'End the break' }).click();
  await onTimeline(desk, 'The break is over');
  await desk.getByRole('button', { name: 'Closing' }).click();
  await onTimeline(desk, 'Phase: Closing');
}

/** The stop; what has no answer is left with a reason. Everybody's screen ends quietly. */
export async function stop({ desk, quiet, prosecution, defence, tablet }: FiveScreens): Promise<void> {
  const dialog = desk.getByRole('dialog');
  await desk.getByRole('button', { name: 'Stop and seal…' }).click();
  await dialog.getByRole('heading', { name: '2 questions have no answer' }).waitFor();
  await dialog.getByRole('button', { name: 'No time was left' }).click();
  await dialog.getByRole('heading', { name: /no answer/ }).waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Stop and seal', exact: true }).click();
  await desk.getByText('This recording is now evidence.').waitFor();
  for (const page of [quiet, prosecution, defence]) await page.getByText('The interview is over').waitFor();
  await tablet.getByText('Бүгінге осы. Сау бол!').waitFor();
}
