import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobResult } from '../../../src/main/cli/seat.ts';
import { Filed, PaperWritten, type ProtocolView } from '../../../src/shared/contract/protocol.ts';
import type { Cue } from '../../../src/shared/domain/transcript.ts';
import { words } from '../../../src/shared/i18n/index.ts';
import { codeOf } from '../../support/contractTable.ts';
import { loggedRows } from '../../support/eventWatch.ts';
import {
  beginRecording,
  handOver,
  type JourneyStation,
  peopledStation,
  plannedInterview,
  recordedFor,
  scheduledHearing,
  told,
} from '../../support/journey.ts';
import { hasCommand } from '../../support/openssl.ts';

const poppler = hasCommand('pdftotext', '-v');
const ACCOUNT = 'Мен ас үйде едім, есік жабық болды [00:00:01]. Zebrafish-sentence.';
const SPOKEN = 'Ол кезде қараңғы еді, aardvark-sentence';

let journey: JourneyStation;
let outside: string;
let exhibit: string;
let caseId: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'birret-closing-'));
  journey = await peopledStation();
  const interview = await plannedInterview(journey);
  [exhibit, caseId] = [interview.exhibit, interview.caseId];
  await beginRecording(journey, interview.id);
  const { client } = journey.seats.investigator;
  await client.recording.mark({ interview: interview.id, type: 'chapter', phase: 'narrative' });
  await recordedFor(journey, interview.id, 2_500);
  await client.recording.stop({ interview: interview.id, confirmed: true });
}, 240_000);
afterAll(async () => {
  await journey?.end();
  await rm(outside, { recursive: true, force: true });
});

const officer = () => journey.seats.investigator.client;
const logged = () => loggedRows(journey.folder).map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
const last = (action: string) => logged().findLast((row) => row.includes(`"action":"${action}"`));
const textOf = (path: string) =>
  execFileSync('pdftotext', ['-enc', 'UTF-8', path, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
let view: ProtocolView;

describe('the draft protocol', () => {
  it('opens with the names of those present, which goes on record', async () => {
    view = await officer().protocol.open({ exhibit, language: 'ru' });
    const names = view.people.map(({ name }) => name).join('\n');
    expect(names).toContain(told.childSurname);
    expect(names).toContain(told.psychologist);
    expect(names).toContain('Officer Saigakov');
    expect(view.title).toBe('Протокол депонирования показаний');
    expect(view.saved).toBeNull();
    expect(view.draft.account.map(({ phase }) => phase)).toEqual(['narrative']);
    expect(view.draft.remarks.map(({ said }) => said)).not.toContain('none');
    expect(view.sections.map(({ id }) => id)).toEqual(['head', 'persons', 'questions', 'breaks', 'attachments']);
    expect(last('protocol.opened')).toContain(`"names":${view.people.length}`);
  });

  it('is saved in versions, and nobody writes over another’s', async () => {
    const { draft } = view;
    const account = draft.account.map((chapter) => ({ ...chapter, text: ACCOUNT }));
    const first = await officer().protocol.save({ exhibit, base: 0, draft: { ...draft, account } });
    expect(first).toMatchObject({ version: 1, savedBy: 'Officer Saigakov' });
    expect(await codeOf(() => officer().protocol.save({ exhibit, base: 0, draft }))).toBe('DRAFT_CHANGED');
    const complete = { by: 'officer', at: null };
    const second = await officer().protocol.save({ exhibit, base: 1, draft: { ...draft, account, complete } });
    expect(second.version).toBe(2);
    view = await officer().protocol.open({ exhibit, language: 'kk' });
    expect(view.draft.account[0]?.text).toBe(ACCOUNT);
    expect(view.draft.complete?.at).toMatch(/^\d{4}-/);
    expect(view.saved?.version).toBe(2);
  });

  it('is not filed while somebody was not asked for remarks', async () => {
    const { job } = await officer().protocol.file({ exhibit, language: 'kk', version: 2 });
    expect(await codeOf(() => jobResult(officer(), job))).toBe('PROTOCOL_REMARKS_OPEN');
    const remarks = view.draft.remarks.map((one) => ({ ...one, said: 'none' as const }));
    const bare = { ...view.draft, remarks, complete: null };
    await officer().protocol.save({ exhibit, base: 2, draft: bare });
    const again = await officer().protocol.file({ exhibit, language: 'kk', version: 3 });
    expect(await codeOf(() => jobResult(officer(), again.job))).toBe('PROTOCOL_NOT_COMPLETE');
    const stated = { ...bare, complete: { by: 'officer', at: null } };
    await officer().protocol.save({ exhibit, base: 3, draft: stated });
    const stale = await officer().protocol.file({ exhibit, language: 'kk', version: 3 });
    expect(await codeOf(() => jobResult(officer(), stale.job))).toBe('DRAFT_CHANGED');
  });

  it('is written as PDF, text and HTML, in three languages', async () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      for (const form of ['pdf', 'txt', 'html'] as const) {
        const { job } = await officer().protocol.write({ exhibit, language, form, folder: outside, name: null });
        const { path } = PaperWritten.parse(await jobResult(officer(), job));
        expect(path).toBe(join(outside, `${exhibit}-protocol-${language}.${form}`));
        const said = form === 'pdf' ? (poppler ? textOf(path) : null) : readFileSync(path, 'utf8');
        if (said === null) continue;
        const plain = said.replaceAll(/\s+/g, ' ');
        for (const due of [ACCOUNT, told.childSurname, exhibit, words[language].protocol.draft])
          expect(plain.replaceAll(/[\s-]/g, '')).toContain(due.replaceAll(/[\s-]/g, ''));
      }
    }
    const { job } = await officer().protocol.write({
      exhibit,
      language: 'kk',
      form: 'pdf',
      folder: outside,
      name: null,
    });
    expect(await codeOf(() => jobResult(officer(), job))).toBe('EXPORT_EXISTS');
  }, 60_000);

  it('is filed as a signed supplement', async () => {
    const { job } = await officer().protocol.file({ exhibit, language: 'kk', version: 4 });
    expect(Filed.parse(await jobResult(officer(), job)).n).toBe(1);
    expect((await officer().protocol.open({ exhibit, language: 'kk' })).filed.map(({ n }) => n)).toEqual([1]);
    expect(last('supplement.added')).toContain('1/protocol-kk.pdf');
    expect(last('protocol.filed')).toContain('"language":"kk"');
    const { job: check } = await officer().archive.verify({ exhibit });
    expect(await jobResult(officer(), check)).toMatchObject({ outcome: 'trusted' });
  }, 60_000);

  it('and a label is made, which names nobody', async () => {
    const { job } = await officer().protocol.label({
      exhibit,
      language: 'kk',
      sheet: 'two',
      folder: outside,
      name: 'l',
    });
    const { path, sha256 } = PaperWritten.parse(await jobResult(officer(), job));
    expect(path).toBe(join(outside, 'l.pdf'));
    expect(last('label.made')).toContain(sha256);
    if (poppler) {
      const said = textOf(path);
      expect(said.split(exhibit).length).toBeGreaterThan(2);
      expect(said).not.toContain(told.childSurname);
    }
  });
});

describe('the transcript', () => {
  const cues: Cue[] = [
    { fromMs: 200, toMs: 900, speaker: 'Б', text: SPOKEN },
    { fromMs: null, toMs: null, speaker: null, text: '<b>not placed</b>' },
  ];

  it('is opened, saved, and refused while a line has no time', async () => {
    expect(await officer().transcripts.open({ exhibit })).toMatchObject({ cues: [], saved: null, filed: [] });
    await officer().transcripts.save({ exhibit, base: 0, cues });
    const { job } = await officer().transcripts.file({ exhibit, language: 'kk', version: 1 });
    expect(await codeOf(() => jobResult(officer(), job))).toBe('TRANSCRIPT_NOT_PLACED');
  });

  it('is written as WebVTT and filed, and shown to the judge from what was signed', async () => {
    const placed = cues.map((cue) => ({ ...cue, fromMs: cue.fromMs ?? 1_200 }));
    await officer().transcripts.save({ exhibit, base: 1, cues: placed });
    const { job } = await officer().transcripts.write({ exhibit, folder: outside, name: null });
    const { path } = PaperWritten.parse(await jobResult(officer(), job));
    expect(readFileSync(path, 'utf8')).toContain('00:00:00.200 --> 00:00:00.900\n<v Б>');
    expect(await officer().transcripts.filed({ exhibit })).toBeNull();
    const filing = await officer().transcripts.file({ exhibit, language: 'kk', version: 2 });
    expect(Filed.parse(await jobResult(officer(), filing.job)).n).toBe(2);
    await handOver(journey, exhibit);
    await scheduledHearing(journey, caseId, exhibit);
    const shown = await journey.seats.judge.client.transcripts.filed({ exhibit });
    expect(shown?.cues.map(({ text }) => text)).toEqual([SPOKEN, '<b>not placed</b>']);
  }, 60_000);
});

describe('the recording beside the writing', () => {
  it('plays for whoever opened it, and no longer', async () => {
    const { investigator } = journey.seats;
    const { media, sessions } = journey.station.http;
    const viewer = { screen: investigator.screen, session: sessions.find(investigator.token(), { touch: true }) };
    expect(await codeOf(() => media.playlist(viewer, exhibit, 'room'))).toBe('EXHIBIT_NOT_ADMITTED');
    const playback = await officer().playback.review({ exhibit });
    expect(playback.watermark).toContain('Officer Saigakov');
    expect(playback.exhibit.number).toBe(exhibit);
    const [track] = playback.tracks;
    expect(await media.playlist(viewer, exhibit, track?.id ?? '')).toContain('#EXTM3U');
    expect((await media.segment(viewer, exhibit, track?.id ?? '', 1, 0)).length).toBeGreaterThan(100);
    await officer().playback.endReview({ exhibit });
    expect(await codeOf(() => media.playlist(viewer, exhibit, 'room'))).toBe('EXHIBIT_NOT_ADMITTED');
    expect(last('review.opened')).toContain(exhibit);
    expect(last('review.closed')).toContain(exhibit);
  });
});

describe('who may', () => {
  it('nobody without a tie, and no judge writes the officer’s protocol', async () => {
    const { otherInvestigator, judge, auditor, administrator, clerk } = journey.seats;
    for (const { client } of [judge, clerk, auditor, administrator])
      expect(await codeOf(() => client.protocol.open({ exhibit, language: 'kk' }))).toBe('ROLE_REFUSED');
    const { client } = otherInvestigator;
    expect(await codeOf(() => client.protocol.open({ exhibit, language: 'kk' }))).toBe('TIE_REFUSED');
    expect(await codeOf(() => client.transcripts.open({ exhibit }))).toBe('TIE_REFUSED');
    expect(await codeOf(() => client.playback.review({ exhibit }))).toBe('TIE_REFUSED');
  });

  it('no word of it stands in the log, nor in clear in the station’s folder', () => {
    const secrets = ['Zebrafish-sentence', 'aardvark-sentence', told.childSurname];
    for (const secret of secrets) expect(logged().join('\n')).not.toContain(secret);
    const files = readdirSync(journey.folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name);
      if (!existsSync(path)) continue;
      const bytes = readFileSync(path);
      for (const secret of secrets) expect(bytes.includes(secret), path).toBe(false);
    }
  });
});
