import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { OpenScreens } from './liveScreen.ts';
import { freePort } from './networkDoor.ts';
import { kzPath, profileAt } from './profiles.ts';
import { until } from './until.ts';
import { asked, type FiveScreens, PATIENCE_MS, type WalkCapacity, walkNames } from './walkPeople.ts';

/** The profile that the walk is held under: a break is due after one minute, so that nobody has to wait two hours for it. */
export const WALK_RULES = '2.1';

/** As its administrator leaves a station: the rules in force, the network's door open. Gives the door's port. */
export async function administered({ people }: OpenScreens, folder: string): Promise<number> {
  const { client } = people.seats.administrator;
  const kz = profileAt(kzPath);
  const path = join(folder, 'rules.json');
  const limits = kz.limits.map((one) => ({ ...one, minutesWithoutBreak: 1 }));
  await writeFile(path, JSON.stringify({ ...kz, version: WALK_RULES, limits }));
  const { sha256 } = await client.jurisdiction.look({ path });
  await client.jurisdiction.adopt({ path, sha256 });
  const port = await freePort();
  const { door } = await client.network.set({ enabled: true, listen: 'all', port, names: ['localhost'] });
  if (door !== 'open') throw new Error(`the network's door is ${door}`);
  return port;
}

/** Opens a case, adds the child, plans with everybody whom the rules name, and enters a question of the defence. */
export async function plan(desk: Page, { people }: OpenScreens): Promise<Interview> {
  const { client } = people.seats.investigator;
  const dialog = desk.getByRole('dialog');
  await desk.getByRole('link', { name: 'Cases', exact: true }).click();
  await desk.getByRole('button', { name: 'New case' }).click();
  await dialog.getByLabel('Case number').fill('247500031000499');
  await dialog.getByRole('button', { name: 'Open the case' }).click();
  await desk.getByRole('button', { name: 'Add a child', exact: true }).click();
  const { surname, givenName, iin } = walkNames.child;
  await dialog.getByLabel('Surname').fill(surname);
  await dialog.getByLabel('Given name').fill(givenName);
  await dialog.getByLabel('Birth date').fill(`14.03.${new Date().getUTCFullYear() - 10}`);
  await dialog.getByLabel('Birth date').press('Tab');
  await dialog.getByLabel('IIN').fill(iin);
  await dialog.getByRole('button', { name: 'Seal and add' }).click();
  await desk.getByRole('link', { name: 'Plan an interview' }).first().click();

  await desk.getByRole('combobox', { name: 'Kind' }).click();
  await desk.getByRole('option', { name: 'Deposition of testimony' }).click();
  for (const who of ['prosecutor', 'defence lawyer', 'legal representative']) {
    await desk.getByRole('button', { name: `Add: ${who}` }).click();
  }
  for (const [capacity, name] of Object.entries(walkNames.people)) {
    await desk
      .getByRole('group', { name: wordsOf(capacity) })
      .getByLabel('Name')
      .fill(name);
  }
  // The rules say who; in which room they sit is the officer's to say.
  await desk
    .getByRole('group', { name: wordsOf('investigating-judge') })
    .getByRole('combobox', { name: 'Where' })
    .click();
  await desk.getByRole('option', { name: 'Interview room' }).click();
  await desk.getByRole('button', { name: 'Plan the interview' }).click();
  await desk.getByRole('link', { name: 'Go to the interview' }).click();

  await desk.getByRole('button', { name: 'Add a question…' }).click();
  await desk.getByLabel('Question', { exact: true }).fill(asked.brought);
  await desk.getByLabel('Who asks').selectOption({ label: wordsOf('defence') });
  await desk.getByLabel('Number of the letter').fill('4/17');
  await desk.getByRole('button', { name: 'Add the question' }).click();
  const question = desk.getByRole('listitem').filter({ hasText: asked.brought });
  await question.getByRole('button', { name: 'Accept' }).click();
  await question.getByText('will be asked').waitFor();
  const [planned] = await client.interviews.list();
  if (planned === undefined) throw new Error('nothing is planned');
  return planned;
}

/** How a capacity is called on the screen. */
export function wordsOf(capacity: string): string {
  const words: Readonly<Record<WalkCapacity, string>> = {
    teacher: 'Teacher',
    'investigating-judge': 'Investigating judge',
    'legal-representative': 'Legal representative',
    prosecutor: 'Prosecutor',
    defence: 'Defence lawyer',
  };
  const found = Object.entries(words).find(([one]) => one === capacity);
  if (found === undefined) throw new RangeError(capacity);
  return found[1];
}

/** Checks the room, switches it on, and fills in the whole checklist; gives the confirmed pictures, by camera. */
export async function prepare(desk: Page): Promise<ReadonlyMap<string, Buffer>> {
  await desk.getByRole('link', { name: 'Open the checklist' }).click();
  await desk.getByRole('link', { name: 'Check the room now' }).click();
  await desk.getByRole('button', { name: 'Check the room', exact: true }).click();
  await desk.getByRole('button', { name: 'Keep as base line…' }).waitFor();
  await desk.goBack();
  await desk.getByRole('link', { name: 'To the interview' }).first().click();
  await desk.getByRole('button', { name: 'Prepare the room' }).click();
  await desk.getByRole('heading', { name: 'Ready to record' }).waitFor();
  await desk.getByRole('link', { name: 'Open the checklist' }).click();

  const stills = new Map<string, Buffer>();
  for (const name of ['Room view', 'Face view']) {
    const camera = desk.getByRole('figure').filter({ hasText: name });
    await camera.getByRole('button', { name: 'Take a picture' }).click();
    await camera.getByRole('button', { name: 'This is right: keep it' }).click();
    const kept = await camera.getByRole('img', { name: `${name}: the confirmed picture` }).getAttribute('src');
    stills.set(name, Buffer.from(kept?.split(',')[1] ?? '', 'base64'));
  }
  const choose = async (question: string, answer: string) => {
    await desk.getByRole('radiogroup', { name: question }).getByText(answer, { exact: true }).click();
    await desk
      .getByRole('radiogroup', { name: question })
      .getByRole('radio', { name: answer, checked: true })
      .waitFor({ state: 'attached' });
  };
  for (const capacity of Object.keys(walkNames.people)) await choose(wordsOf(capacity), 'is here');
  await desk.getByRole('textbox', { name: 'What the child likes to be called' }).fill(walkNames.child.called);
  await desk.keyboard.press('Enter');
  await desk.getByText('Sealed. It can be shown with the names.').waitFor();
  await choose('Is the child tired?', 'yes');
  await desk
    .getByRole('listitem')
    .filter({ hasText: 'Is the child tired?' })
    .getByRole('textbox', { name: 'In a few words' })
    .fill('slept badly');
  await desk.getByRole('button', { name: 'Save', exact: true }).click();
  await desk.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
  await choose('Has the child eaten?', 'yes');
  await choose('Has the child taken medication?', 'no');
  await choose('Is the child afraid of something?', 'not asked');
  await choose('Help with the language', 'none');
  await choose('Disability', 'none');
  await choose('Aids: glasses, hearing aid, wheelchair', 'none');
  // Every right and reminder is read aloud now; the opening statement, the last of the list, in the recording.
  const aloud = desk.getByRole('button', { name: 'Read aloud just now' });
  for (let left = await aloud.count(); left > 1; left -= 1) {
    await aloud.first().click();
    await until('it was read', async () => (await aloud.count()) === left - 1, { withinMs: PATIENCE_MS });
  }
  await desk.getByRole('button', { name: 'Will be read in the recording' }).click();
  await desk.getByText('Is read aloud in the recording').waitFor();
  await desk.getByRole('heading', { name: 'Everything is prepared' }).waitFor();
  await desk.getByRole('link', { name: 'To the interview' }).first().click();
  return stills;
}

/** Lets in the four other browsers, each by a code of its own, over HTTPS; then the desk is ready to start. */
export async function admit(
  desk: Page,
  { screens, interview, port }: Pick<FiveScreens, 'screens' | 'interview'> & { readonly port: number },
): Promise<FiveScreens> {
  await desk.getByRole('button', { name: /^Observers/ }).click();
  const dialog = desk.getByRole('dialog');
  const kinds = dialog.getByRole('radiogroup', { name: 'What will the other screen be?' });
  const letIn = async (kind: string, name: string, says: string, size: { width: number; height: number }) => {
    await kinds.getByText(kind, { exact: true }).click();
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    const code = await dialog
      .getByRole('status')
      .filter({ hasText: /^[A-Z0-9]{4}-[A-Z0-9]{4}$/ })
      .innerText();
    const page = await screens.stranger(size);
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`https://localhost:${port}/pair`);
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByLabel('Name of this screen').fill(name);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText(says).waitFor();
    await dialog.getByRole('listitem').filter({ hasText: name }).getByText('Here', { exact: true }).waitFor();
    return page;
  };
  const [before, large] = ['The interview has not begun', { width: 1280, height: 800 }];
  const five = {
    ...{ screens, interview, desk },
    prosecution: await letIn('Observers', 'Observation room, left', before, large),
    defence: await letIn('Observers', 'Observation room, right', before, { width: 1024, height: 768 }),
    quiet: await letIn('Interviewer', 'Interview room, small', before, { width: 800, height: 600 }),
    tablet: await letIn('The child’s tablet', 'Interview room, table', 'Сәлем! Жақында бастаймыз', {
      width: 1024,
      height: 768,
    }),
  };
  await desk.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return five;
}
