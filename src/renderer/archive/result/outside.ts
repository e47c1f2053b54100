import type { VerificationResult } from '../../../shared/evidence/verification.ts';

/**
 * The commands by which anyone repeats the main checks with public tools (`docs/evidence-format.md` §3 and §5): in a bag's
 * folder, or in the folder of a stored exhibit. `ROOT.pem` and `TSA-ROOT.pem` are the reader's own, never out of the bag.
 */
export function outsideCommands({ checks }: VerificationResult, of: 'bag' | 'stored'): readonly string[] {
  const at = of === 'bag' ? 'data/' : '';
  const named = (pattern: RegExp): string[] =>
    checks.flatMap(({ name, reason }) => (NO_TOKEN.includes(reason.code) ? [] : (pattern.exec(name)?.[1] ?? [])));
  const files = named(/^signature\.(record\.json\.[A-Za-z0-9._-]+\.p7s)\.valid$/);
  const stamped = named(/^time\.(record\.json\.[A-Za-z0-9._-]+\.p7s)$/);
  const signed = files.length > 0 ? files : ['record.json.station.p7s'];
  return [
    ...(of === 'bag' ? bagDigests : storedDigests(named(/^track\.([a-z0-9-]+)\.parts\.1$/))),
    `cat ${at}signatures/chain/*.pem > ~/chain.pem`,
    ...signed.map(
      (file) =>
        'openssl cms -verify -binary -cades -purpose any -no-CApath -no-CAstore -CAfile ROOT.pem -certfile ~/chain.pem ' +
        `-inform DER -in ${at}signatures/${file} -content ${at}record.json -out /dev/null`,
    ),
    ...stamped.map(
      (file) => `openssl ts -verify -data ${at}signatures/${file} -in ${at}signatures/${file}.tsr -CAfile TSA-ROOT.pem`,
    ),
  ];
}

const bagDigests = ['sha256sum -c tagmanifest-sha256.txt', 'sha256sum -c manifest-sha256.txt'];

const storedDigests = (tracks: readonly string[]): string[] => [
  'sha256sum record.json tracks/*.age',
  ...tracks.map((track) => `age -d -i KEY tracks/${track}.mp4.age | sha256sum`),
];

const NO_TOKEN: readonly string[] = ['no-token', 'token-missing'];
