import { fill } from '../../../../shared/evidence/reportWords.ts';
import type { Block, FactRow, Value } from '../../../papers/index.ts';
import type { PaperData, SignatureFacts } from '../data.ts';
import { heading, type Saying } from './saying.ts';

/** Who signed the record, with which certificate, and what time is vouched for from outside. */
export function signatures(data: PaperData, saying: Saying): Block[] {
  const { signatures: words } = saying.text;
  const rows = data.signatures.map((one): FactRow => ({ label: labelOf(one, saying), values: valuesOf(one, saying) }));
  const more = (label: string, value: Value | null): FactRow[] => (value === null ? [] : [{ label, values: [value] }]);
  const roots: FactRow = {
    label: words.root,
    values: [{ text: words.rootSays, soft: true }, ...data.roots.map((digest): Value => ({ digest }))],
  };
  return [
    heading(4, words.title),
    {
      kind: 'facts',
      rows: [
        ...rows,
        ...more(words.seal, data.sealStamp === null ? null : saying.stamp(data.sealStamp)),
        ...more(words.anchor, data.anchorStamp === null ? null : saying.stamp(data.anchorStamp)),
        ...(data.roots.length === 0 ? [] : [roots]),
      ],
    },
  ];
}

function labelOf({ role, code }: SignatureFacts, { text }: Saying): string {
  return role === 'station' ? text.signatures.station : fill(text.signatures.officer, { code });
}

function valuesOf({ file, certificate, signingTime, stamp }: SignatureFacts, saying: Saying): Value[] {
  const { signatures: words } = saying.text;
  if (certificate === null) return [{ mono: file }, { text: words.missing }];
  return [
    { mono: file },
    ...saying.certificate(certificate),
    ...(signingTime === null ? [] : [{ text: fill(words.says, { at: saying.brief(signingTime) }) }]),
    stamp === null ? { text: words.noStamp } : saying.stamp(stamp),
  ];
}
