import type { Block } from '../../../papers/index.ts';
import { opensslLine, sealedSecond } from '../../bag/readMe/page.ts';
import type { PaperData } from '../data.ts';
import { heading, type Saying } from './saying.ts';

/** The commands by which anybody repeats it, the same as in a bag's READ-ME. */
export function repeat({ record, signatures }: PaperData, { text }: Saying): Block[] {
  const { repeat: words } = text;
  const at = sealedSecond(record);
  const stamped = signatures.flatMap(({ file, stamp }) =>
    stamp === null ? [] : [`openssl ts -verify -data ${file} -in ${file}.tsr -CAfile TSA-ROOT.pem`],
  );
  return [
    heading(9, words.title),
    { kind: 'text', text: words.bag, withNext: true },
    { kind: 'code', lines: ['sha256sum -c manifest-sha256.txt', 'sha256sum -c tagmanifest-sha256.txt'] },
    { kind: 'text', text: words.data, withNext: true },
    {
      kind: 'code',
      lines: ['sha256sum record.json tracks/*', ...record.signers.map(({ file }) => opensslLine(file, at)), ...stamped],
    },
    { kind: 'text', text: words.root, withNext: true },
    { kind: 'code', lines: ['openssl x509 -in ROOT.pem -outform DER | sha256sum'] },
    { kind: 'text', text: words.all, withNext: true },
    { kind: 'code', lines: [`birret verify ${record.exhibit} --trust ROOT.pem`] },
  ];
}
