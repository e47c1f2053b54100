import { fill, visible } from '../../../../shared/evidence/reportWords.ts';
import { type Block, type FactRow, lengthOf } from '../../../papers/index.ts';
import type { PaperData } from '../data.ts';
import { heading, type Saying } from './saying.ts';

/** What was recorded. Of the child its code alone; of those present nobody: the record has them. */
export function recording({ record }: PaperData, { text, at }: Saying): Block[] {
  const { recording: words } = text;
  const { interview } = record;
  const languages: Readonly<Record<string, string>> = words.languages;
  const length = Date.parse(interview.ended_at) - Date.parse(interview.started_at);
  return [
    heading(1, words.title),
    {
      kind: 'facts',
      rows: [
        row(words.case, record.case.number),
        row(words.court, record.case.court),
        row(words.kind, words.kinds[interview.kind]),
        row(words.child, fill(words.childSays, { code: record.child.code })),
        row(words.language, languages[interview.language] ?? interview.language),
        row(words.station, fill(words.stationSays, { station: interview.station })),
        row(words.began, at(interview.started_at)),
        row(words.ended, at(interview.ended_at)),
        row(words.length, fill(words.lengthSays, { ...lengthOf(length) })),
        row(words.sealed, at(interview.sealed_at)),
        row(words.software, `${record.software.name} ${record.software.version}`),
      ],
    },
  ];
}

/** Who answers for the paper: the person who had the check made. */
export function maker(data: PaperData, { text, at, role }: Saying): Block[] {
  const { maker: words } = text;
  const { name, role: office, certificate } = data.maker;
  return [
    heading(2, words.title),
    {
      kind: 'facts',
      rows: [
        row(words.name, `${name}, ${role(office)}`),
        row(words.at, at(data.at)),
        row(words.place, fill(words.placeSays, { ...data.station })),
        row(words.subject, certificate.subject),
        row(words.issuer, certificate.issuer),
        { label: words.serial, values: [{ mono: certificate.serial }] },
        { label: words.fingerprint, values: [{ digest: certificate.sha256 }] },
      ],
    },
  ];
}

const row = (label: string, text: string): FactRow => ({ label, values: [{ text: visible(text) }] });
