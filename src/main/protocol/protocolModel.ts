import { isPracticeExhibit, PRACTICE_IN_PICTURE } from '../../shared/domain/practice.ts';
import { fill, visible } from '../../shared/evidence/reportWords.ts';
import { words } from '../../shared/i18n/index.ts';
import { type Block, type FactRow, lengthOf, momentOf, type Paper } from '../papers/index.ts';
import type { ProtocolData } from './data.ts';
import { peopleOf, personWords } from './people.ts';
import type { Saying } from './saying.ts';
import { account, attachments, breaks, complete, questions, remarks, rights, signatures } from './sections.ts';

/** A part of the protocol with its heading; `told` where the record alone tells it and nobody writes in it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly told: boolean;
  readonly blocks: readonly Block[];
}

export function sayingOf(data: ProtocolData): Saying {
  const { protocol: text, certificate, common, player } = words[data.language];
  const phases: Readonly<Record<string, string>> = { ...data.phases, ...player.phase };
  const saying = { text, certificate, common };
  return {
    ...saying,
    at: (instant) => {
      const { local, offset } = momentOf(instant, data.language, data.timeZone);
      return `${local} (UTC${offset})`;
    },
    who: (code) => personWords(data, saying, code),
    phase: (label) => phases[label] ?? visible(label),
  };
}

/** The protocol's parts in their order (Criminal Procedure Code, Art. 212: heading, rights, account, questions, remarks). */
export function sectionsOf(data: ProtocolData): Section[] {
  const saying = sayingOf(data);
  const { text } = saying;
  return [
    { id: 'head', title: text.head.title, told: true, blocks: head(data, saying) },
    { id: 'persons', title: text.persons.title, told: true, blocks: peopleOf(data, saying) },
    { id: 'rights', title: text.rights.title, told: false, blocks: rights(data, saying) },
    { id: 'account', title: text.account.title, told: false, blocks: account(data, saying) },
    { id: 'questions', title: text.questions.title, told: true, blocks: questions(data, saying) },
    { id: 'breaks', title: text.breaks.title, told: true, blocks: breaks(data, saying) },
    { id: 'attachments', title: text.attachments.title, told: true, blocks: attachments(data, saying) },
    { id: 'remarks', title: text.remarks.title, told: false, blocks: remarks(data, saying) },
    { id: 'complete', title: text.complete.title, told: false, blocks: complete(data, saying) },
    { id: 'signatures', title: text.signatures.title, told: false, blocks: signatures(data, saying) },
  ];
}

/** The whole protocol as a paper. Pure: the same data give the same paper. */
export function protocolPaper(data: ProtocolData): Paper {
  const saying = sayingOf(data);
  const { text } = saying;
  const { exhibit } = data.record;
  return {
    language: data.language,
    title: fill(text.file, { title: data.title, exhibit }),
    at: data.at,
    producer: data.software,
    scale: 1.18,
    ...(isPracticeExhibit(exhibit) ? { mark: PRACTICE_IN_PICTURE } : {}),
    foot: {
      left: fill(text.exhibit, { exhibit }),
      page: (page, pages) => fill(text.page, { page, pages }),
      below: `${text.digest}: ${data.recordSha256}`,
    },
    blocks: [...front(data, saying), ...sectionsOf(data).flatMap(headed), ...proof(data, saying)],
  };
}

function front({ record, title, filing }: ProtocolData, { text }: Saying): Block[] {
  const simulated = record.tracks.some(({ source }) => source.simulated);
  const notices = [...(filing ? [] : [text.draft]), ...(simulated ? [text.simulated] : [])];
  return [
    {
      kind: 'title',
      above: visible(record.case.court),
      title: visible(title),
      below: [fill(text.exhibit, { exhibit: record.exhibit })],
    },
    ...notices.map((said): Block => ({ kind: 'notice', text: said })),
  ];
}

const headed = ({ title, blocks }: Section, index: number): Block[] => [
  { kind: 'heading', text: `${index + 1}. ${title}` },
  ...blocks,
];

function head({ record, room, draft }: ProtocolData, { text, certificate, common, at }: Saying): Block[] {
  const { head: said } = text;
  const { interview } = record;
  const length = lengthOf(Date.parse(interview.ended_at) - Date.parse(interview.started_at));
  const spoken: Readonly<Record<string, string>> = certificate.recording.languages;
  const row = (label: string, ...values: string[]): FactRow => ({
    label,
    values: values.map((value) => ({ text: visible(value) })),
  });
  const typed = draft.place.trim();
  return [
    {
      kind: 'facts',
      rows: [
        row(said.case, record.case.number),
        row(said.court, record.case.court),
        row(said.kind, common.kind[interview.kind]),
        row(said.place, typed === '' ? said.placeEmpty : typed, fill(said.room, { room, station: interview.station })),
        row(said.began, at(interview.started_at)),
        row(said.ended, at(interview.ended_at)),
        row(said.length, fill(said.lengthSays, { ...length })),
        row(said.language, spoken[interview.language] ?? interview.language),
        row(said.means, fill(said.meansSays, { tracks: record.tracks.length })),
        ...record.previous.map((one) => row(said.previous, fill(said.previousSays, one))),
      ],
    },
  ];
}

function proof({ record, recordSha256, head: printed }: ProtocolData, { text }: Saying): Block[] {
  const { proof: said } = text;
  const rows: FactRow[] = [{ label: said.record, values: [{ digest: recordSha256 }] }];
  if (printed === null)
    return [
      { kind: 'heading', text: said.title },
      { kind: 'facts', rows },
    ];
  rows.push({ label: said.head, values: [{ text: fill(said.headSays, { ...printed }) }] });
  return [
    { kind: 'heading', text: said.title },
    { kind: 'facts', rows, withNext: true },
    {
      kind: 'qr',
      text: `${record.exhibit}\n${printed.size} ${printed.root}`,
      alt: said.alt,
      caption: said.caption,
      beside: [said.beside],
    },
  ];
}
