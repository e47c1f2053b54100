import { fill, visible } from '../../../../shared/evidence/reportWords.ts';
import type { Block } from '../../../papers/index.ts';
import type { PaperData } from '../data.ts';
import { heading, type Saying } from './saying.ts';

/** What follows from the checks, and what does not (the end of docs/evidence-format.md in plain words). */
export function proves(data: PaperData, { text, brief }: Saying): Block[] {
  const { proves: words } = text;
  const bounds = data.signatures
    .flatMap(({ stamp }) => (stamp?.status === 'pass' ? [stamp.time ?? ''] : []))
    .toSorted();
  const [earliest] = bounds;
  const anchored = data.anchorStamp?.status === 'pass' ? data.anchorStamp.time : null;
  return [
    heading(7, words.title),
    {
      kind: 'list',
      items: [
        words.is,
        earliest === undefined ? words.unbounded : fill(words.bounded, { time: brief(earliest) }),
        ...(anchored === null ? [] : [fill(words.anchored, { time: brief(anchored) })]),
        words.log,
        words.not,
      ],
    },
  ];
}

/**
 * The statement of whoever made the comparison, after the substance of US FRE 902(14) and saying that it is a model, with
 * room for a hand to sign. Where something required was not checked, it says no more than what was.
 */
export function statement(data: PaperData, { text, brief, role }: Saying): Block[] {
  const { statement: words } = text;
  const when = { at: brief(data.verifiedAt), sealed: brief(data.record.interview.sealed_at) };
  const { maker } = data;
  return [
    heading(8, words.title),
    {
      kind: 'list',
      withNext: true,
      items: [
        fill(words.i, { name: visible(maker.name), role: role(maker.role) }),
        words.process,
        fill(data.verification.outcome === 'trusted' ? words.done : words.doneSome, when),
        words.copy,
        words.model,
      ],
    },
    { kind: 'hand', labels: [words.name, words.signature, words.date] },
  ];
}
