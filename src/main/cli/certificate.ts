import { basename, dirname, resolve } from 'node:path';
import { Language } from '../../shared/contract/common.ts';
import { Certified } from '../../shared/contract/exhibits.ts';
import { words } from '../../shared/i18n/index.ts';
import { type Arguments, usage } from './arguments.ts';
import { EXIT, languageOfTerminal, type Output } from './output.ts';
import { jobResult } from './seat.ts';
import { signedIn, withStation } from './withStation.ts';

/**
 * `birret certificate`: verifies an exhibit where it is stored and writes its certificate of authenticity to exactly the
 * path of `--out`, which must not be there yet. Ends with 3 where something required could not be checked.
 */
export async function certificate(args: Arguments, output: Output): Promise<number> {
  const [exhibit] = args.rest;
  if (exhibit === undefined) throw usage('certificate EXHIBIT');
  const language = Language.safeParse(args.required('language'));
  if (!language.success) throw usage(`--language ${args.required('language')}`);
  const out = resolve(args.required('out'));
  if (!out.endsWith('.pdf')) throw usage(`--out ${out}`);
  return await withStation(args, { create: false }, async (station) => {
    const seat = await signedIn(station, args);
    const { job } = await seat.client.archive.certify({
      exhibit,
      language: language.data,
      folder: dirname(out),
      name: basename(out),
    });
    const made = Certified.parse(await jobResult(seat.client, job));
    const { panel } = words[languageOfTerminal()].certificate;
    const lacking = made.outcome === 'trusted' ? '' : `\n${panel.unestablished}`;
    const said = `${panel.done.replace('{{path}}', made.path)}\nSHA-256 ${made.sha256}${lacking}`;
    output.event({ event: 'certified', exhibit, language: language.data, ...made }, said);
    return made.outcome === 'trusted' ? EXIT.done : EXIT.unestablished;
  });
}
