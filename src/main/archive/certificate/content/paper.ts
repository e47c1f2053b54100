import { fill, visible } from '../../../../shared/evidence/reportWords.ts';
import type { Block, Paper } from '../../../papers/index.ts';
import type { PaperData } from '../data.ts';
import { checks } from './checks.ts';
import { custody } from './custody.ts';
import { files } from './files.ts';
import { maker, recording } from './recording.ts';
import { repeat } from './repeat.ts';
import { type Saying, sayingOf } from './saying.ts';
import { signatures } from './signatures.ts';
import { proves, statement } from './statement.ts';

/** The whole certificate of authenticity in the language of its data. Pure: the same data give the same paper. */
export function paperOf(data: PaperData): Paper {
  const saying = sayingOf(data);
  const { paper } = saying.text;
  const exhibit = data.record.exhibit;
  return {
    language: data.language,
    title: fill(paper.file, { exhibit }),
    at: data.at,
    producer: data.software,
    foot: {
      left: fill(paper.exhibit, { exhibit }),
      page: (page, pages) => fill(paper.page, { page, pages }),
      below: `${paper.digest}: ${data.recordSha256}`,
    },
    blocks: [
      ...front(data, saying),
      ...recording(data, saying),
      ...maker(data, saying),
      ...files(data, saying),
      ...signatures(data, saying),
      ...custody(data, saying),
      ...checks(data, saying),
      ...proves(data, saying),
      ...statement(data, saying),
      ...repeat(data, saying),
    ],
  };
}

/** Title, and before anything else what the reader must know: simulated, recovered, what came of the check. */
function front({ record, verification, verifiedAt }: PaperData, saying: Saying): Block[] {
  const { paper } = saying.text;
  const simulated = record.tracks.some(({ source }) => source.simulated);
  const notices = [
    ...(simulated ? [paper.simulated] : []),
    ...(record.recovered === null ? [] : [paper.recovered]),
    ...(verification.outcome === 'trusted' ? [] : [paper.incomplete]),
  ];
  return [
    {
      kind: 'title',
      above: visible(record.case.court),
      title: paper.title,
      below: [fill(paper.exhibit, { exhibit: record.exhibit })],
    },
    ...notices.map((text): Block => ({ kind: 'notice', text })),
    ...(verification.outcome === 'trusted'
      ? [{ kind: 'lead', text: fill(paper.holds, { at: saying.brief(verifiedAt) }) } as const]
      : []),
  ];
}
