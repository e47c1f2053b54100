import type { Page } from 'playwright';
import { PRIVATE_NOTE } from './walkPeople.ts';

/** What the officer writes of the free narrative, and what the prosecutor remarks. */
export const written = {
  account: 'Мен аялдамада тұрдым, содан кейін жаңбыр басталды.',
  remark: 'The second question was put twice',
} as const;

/** The own note comes back; remarks, account and statement are written down, and the protocol is filed with the exhibit. */
export async function protocol(desk: Page): Promise<void> {
  await desk.getByText(PRIVATE_NOTE).waitFor();
  await desk.getByRole('link', { name: 'Remarks and protocol' }).click();
  await desk.getByRole('textbox', { name: 'Free narrative' }).fill(written.account);
  const person = desk.getByRole('group').filter({ hasText: 'No remarks' });
  await person.first().waitFor();
  for (const one of await person.all()) await one.getByText('No remarks', { exact: true }).click();
  const prosecutor = person.filter({ hasText: 'Prosecutor' });
  await prosecutor.getByText('Remark', { exact: true }).click();
  await prosecutor.getByRole('textbox').fill(written.remark);
  await desk.getByLabel('Stated: the record is complete and correct').check();
  await desk
    .getByText(/^Saved /)
    .first()
    .waitFor();
  await desk.getByRole('button', { name: 'File with the exhibit' }).click();
  await desk.getByText('Filed as supplement 1. It is signed').waitFor();
}

/** The label, and a bag for the defence, both into `folder`. */
export async function handOut(desk: Page, folder: string): Promise<void> {
  const dialog = desk.getByRole('dialog');
  await desk.goto(desk.url().replace('/protocol', ''));
  await desk.getByRole('button', { name: 'Make a label…' }).click();
  await dialog.getByLabel('Into which folder').fill(folder);
  await dialog.getByLabel('File name').fill('label');
  await dialog.getByRole('button', { name: 'Write' }).click();
  await desk.getByText(`It stands at ${folder}/label.pdf`).waitFor();

  await desk.getByRole('button', { name: 'Hand out a bag…' }).click();
  await dialog.getByLabel('To whom').fill('Defence, Bar of Aktau');
  await dialog.getByLabel('Into which folder').fill(folder);
  await dialog.getByText('A plain folder', { exact: true }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('bag');
  await dialog.getByRole('button', { name: 'Write the bag' }).click();
  await desk.getByText(`The bag stands at ${folder}/bag`).waitFor();
}
