import { planNow } from '../../src/main/cli/journey.ts';
import { jobResult } from '../../src/main/cli/seat.ts';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { LiveScreens } from './liveScreen.ts';
import { until } from './until.ts';

/** A station as it is after some weeks, as far as its screens go: something stands in every list. */
export interface Populated {
  readonly interview: Interview;
  readonly planned: Interview;
  readonly hearing: string;
}

/** Long enough to be looked at, in the languages of the court. */
const QUESTIONS = [
  ['a', 'Кто был в комнате, когда это случилось, и кто пришёл потом?', 'high'],
  ['b', 'Ол кезде үйде тағы кім болды?', 'normal'],
  ['c', 'Have you told anybody else about it before today, and what did they say?', 'normal'],
] as const;

/** Begins the prepared recording, with questions, chapters and marks, and waits until some of it is there. */
export async function recordSome(screens: LiveScreens): Promise<void> {
  const { client } = screens.people.seats.investigator;
  const { id: interview } = screens.interview;
  for (const [id, text, priority] of QUESTIONS)
    await client.questions.send({ interview, id, text, by: 'prosecutor', letter: '4/17', priority });
  await screens.begin();
  await client.questions.decide({ interview, question: 'a', to: 'accepted', step: 0 });
  const { phases } = await client.recording.view({ interview });
  for (const { id: phase } of phases.slice(0, 2)) await client.recording.mark({ interview, type: 'chapter', phase });
  await client.recording.mark({ interview, type: 'marker', label: '' });
  await until(
    'some seconds are recorded',
    async () => ((await client.recording.view({ interview })).elapsedMs ?? 0) >= 3_000,
    { withinMs: 120_000, everyMs: 200 },
  );
}

/** Ends and seals it, hands it over to the archive, admits it to an open hearing; the next interview is planned. */
export async function sealAndShow(screens: LiveScreens): Promise<Populated> {
  const { people, interview, room } = screens;
  const { investigator, clerk, judge } = people.seats;
  await investigator.client.recording.stop({ interview: interview.id, confirmed: true });
  const planned = await planNow(investigator, room, 30, new Date(Date.now() + 3_600_000));
  for (const [id, text, priority] of QUESTIONS)
    await investigator.client.questions.send({
      interview: planned.id,
      id,
      text,
      by: 'defence',
      letter: '4/18',
      priority,
    });
  await investigator.client.archive.handOver({ exhibit: interview.exhibit });
  const { job } = await clerk.client.archive.accept({ exhibit: interview.exhibit });
  await jobResult(clerk.client, job);
  const everybody = await clerk.client.accounts.people();
  const { id: hearing } = await clerk.client.hearings.schedule({
    caseId: interview.caseId,
    number: '1-142/2026',
    judge: everybody.find(({ role }) => role === 'judge')?.id ?? '',
    plannedAt: new Date().toISOString(),
    exhibits: [interview.exhibit],
  });
  await judge.client.hearings.open({ hearing });
  return { interview, planned, hearing };
}
