import { restoreBackup } from '../backup/index.ts';
import { systemClock } from '../platform/clock.ts';
import { type Arguments, usage } from './arguments.ts';
import { EXIT, type Output } from './output.ts';

/** `birret restore FOLDER --into DIR [--targets A [B]]`: makes a station of a backup, into a folder that is empty or new. */
export async function restore(args: Arguments, output: Output): Promise<number> {
  const [folder, ...more] = args.rest;
  const targets = [...args.list('targets'), ...more];
  if (folder === undefined || targets.length > 2) throw usage('restore FOLDER --into DIR [--targets A [B]]');
  const made = await restoreBackup({
    folder,
    into: args.required('into'),
    targets,
    clock: systemClock,
    signal: new AbortController().signal,
    onFile: () => undefined,
  });
  const { statement, manifestSha256 } = made;
  output.event(
    {
      event: 'restored',
      station: made.folder,
      targets: made.targets,
      manifest_sha256: manifestSha256,
      log: statement.log,
    },
    [
      `Station ${statement.station.id} as of ${statement.at} stands in ${made.folder}.`,
      `Recordings: ${made.targets.join(', ')}${statement.media ? '' : ' (the backup holds none: put their folders there)'}`,
      'Its custody log goes on under a new origin as soon as an officer, a judge or a clerk signs in; until then nobody else can.',
      'Do not let the old station go on beside this one.',
    ].join('\n'),
  );
  return EXIT.done;
}
