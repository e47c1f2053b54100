import type { ProtocolData } from '../../src/main/protocol/data.ts';
import { firstDraft } from '../../src/main/protocol/firstDraft.ts';
import { questionsOf } from '../../src/shared/domain/questions.ts';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { digestOf, samplePaper } from './samplePaper.ts';

type Entry = EvidenceRecord['timeline'][number];
const question = (id: string, step: number, at_ms: number, label: string, more: Record<string, unknown>): Entry => ({
  ...{ at_ms, type: 'question', label, question: id, step, by: 'p-prosecutor', priority: 'normal' },
  ...more,
});

const timeline: Entry[] = [
  { at_ms: 0, type: 'chapter', label: 'introduction' },
  { at_ms: 130_000, type: 'chapter', label: 'narrative' },
  { at_ms: 1_300_000, type: 'chapter', label: 'ownPhase' },
  { at_ms: 900_000, type: 'break', label: 'Су ішу', begins: true },
  { at_ms: 1_200_000, type: 'break', label: 'Су ішу', begins: false },
  { at_ms: 2_000_000, type: 'break', label: 'Шаршады', begins: true },
  question('q1', 0, 100_000, 'Ол үйде кім болды?', { state: 'sent' }),
  question('q1', 1, 110_000, 'Ол үйде кім болды?', { state: 'accepted' }),
  question('q1', 2, 700_000, 'Ол үйде кім болды?', { state: 'asked' }),
  question('q2', 0, 200_000, 'Ол сені ұрды ғой?', { state: 'sent' }),
  question('q2', 1, 210_000, 'Ол сені ұрды ғой?', { state: 'declined', reason: 'leading' }),
  question('q3', 0, 300_000, '<b>Қашан?</b>', { state: 'sent' }),
];

/** The data of a protocol of a deposition of 45 minutes: made up, but whole. */
export function sampleProtocol(
  language: ProtocolData['language'],
  more: { readonly draft?: Partial<ProtocolData['draft']>; readonly head?: ProtocolData['head'] } = {},
): ProtocolData {
  const { record, recordSha256, software, timeZone } = samplePaper(language);
  const own = EvidenceRecord.parse({
    ...record,
    roster: [
      { code: 'p-teacher', role: 'psychologist', place: 'interview', entered_ms: 0, left_ms: null },
      { code: 'p-prosecutor', role: 'prosecutor', place: 'observation', entered_ms: 60_000, left_ms: 1_800_000 },
    ].map((one) => ({ ...one, identity_commitment: null })),
    timeline,
    attachments: [
      {
        ...{ file: 'attachments/drawing.png', media_type: 'image/png', sha256: digestOf('drawing') },
        title: 'Баланың салған суреті',
      },
      {
        ...{ file: 'attachments/still-face.jpg', media_type: 'image/jpeg', sha256: digestOf('still') },
        title: 'still-face',
      },
      {
        ...{ file: 'attachments/preparation.json', media_type: 'application/json', sha256: digestOf('preparation') },
        title: 'preparation',
      },
    ],
  });
  const people: ProtocolData['people'] = [
    { code: 'child', capacity: 'child', place: 'interview', name: 'Ғайшағұл Сүгірбайқызы' },
    { code: 'officer', capacity: 'officer', place: null, name: 'Данияр Нұрланұлы Өтегенов' },
    { code: 'p-teacher', capacity: 'psychologist', place: 'interview', name: 'Әлия Қожахметқызы' },
    { code: 'p-prosecutor', capacity: 'prosecutor', place: 'observation', name: null },
  ];
  return {
    ...{ language, timeZone, software, recordSha256, people },
    at: '2026-11-24T04:31:09.000Z',
    title: {
      kk: 'Айғақтарды сақтауға қою хаттамасы',
      ru: 'Протокол депонирования показаний',
      en: 'Protocol of the deposition of testimony',
    }[language],
    room: 'Балаға қолайлы бөлме',
    record: own,
    rights: [{ words: 'Тек болған нәрсені айт.', by: 'Данияр Нұрланұлы Өтегенов', skipped: null }],
    questions: questionsOf(own.timeline),
    phases: { ownPhase: 'Танымайтын кезең' },
    draft: { ...firstDraft(own, people), ...more.draft },
    filing: false,
    head: more.head ?? null,
  };
}
