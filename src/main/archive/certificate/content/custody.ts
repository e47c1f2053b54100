import { fill, visible } from '../../../../shared/evidence/reportWords.ts';
import { type Block, type FactRow, figure } from '../../../papers/index.ts';
import type { PaperData } from '../data.ts';
import { heading, type Saying } from './saying.ts';

/** The head of the log now, as text and as the code that screens and labels carry: whoever keeps it can tell a changed log. */
export function custody({ log, record, witnesses }: PaperData, { text, brief }: Saying): Block[] {
  const { custody: words } = text;
  const { head, seal } = log;
  const rows: FactRow[] = [
    { label: words.origin, values: [{ mono: log.origin }] },
    { label: words.key, values: [{ mono: log.vkey }] },
    { label: words.size, values: [{ text: figure(head.size) }] },
    { label: words.root, values: [{ mono: head.root }] },
  ];
  if (seal !== null) {
    rows.push({
      label: words.seal,
      values: [{ text: fill(words.sealSays, { size: figure(seal.size), root: seal.root }) }],
    });
  }
  if (record.log.origin !== log.origin) {
    rows.push({ label: words.recorder, values: [{ mono: record.log.origin }, { mono: record.log.vkey }] });
  }
  const signed = witnesses.map(({ name, size, at }) =>
    visible(fill(words.witness, { name, size: figure(size), at: brief(at) })),
  );
  rows.push({
    label: words.witnesses,
    values: signed.length === 0 ? [{ text: words.noWitness }] : signed.map((said) => ({ text: said })),
  });
  return [
    heading(5, words.title),
    { kind: 'facts', rows },
    {
      kind: 'qr',
      text: `${record.exhibit}\n${head.size} ${head.root}`,
      alt: words.alt,
      caption: words.code,
      beside: [words.entry],
    },
  ];
}
