import type { VerificationResult } from '../../../shared/evidence/verification.ts';

/**
 * The commands by which anyone repeats the main checks in the bag's folder with public tools (`docs/evidence-format.md`
 * §3 and §5). `ROOT.pem` is the reader's own, never one out of the bag.
 */
export function outsideCommands({ checks }: VerificationResult): readonly string[] {
  const files = checks
    .map(({ name }) => /^signature\.(record\.json\.[A-Za-z0-9._-]+\.p7s)\.valid$/.exec(name)?.[1])
    .filter((file) => file !== undefined);
  const signed = files.length > 0 ? files : ['record.json.station.p7s'];
  return [
    'sha256sum -c tagmanifest-sha256.txt',
    'sha256sum -c manifest-sha256.txt',
    'cat data/signatures/chain/*.pem > chain.pem',
    ...signed.map(
      (file) =>
        'openssl cms -verify -binary -cades -purpose any -no-CApath -no-CAstore -CAfile ROOT.pem -certfile chain.pem ' +
        `-inform DER -in data/signatures/${file} -content data/record.json -out /dev/null`,
    ),
  ];
}
