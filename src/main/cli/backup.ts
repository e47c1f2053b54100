import { resolve } from 'node:path';
import { BackupResult } from '../../shared/contract/backup.ts';
import { type BackupProblem, checkBackup } from '../backup/index.ts';
import { type Arguments, usage } from './arguments.ts';
import { EXIT, type Output } from './output.ts';
import { jobResult } from './seat.ts';
import { signedIn, withStation } from './withStation.ts';

/** `birret backup DEST` makes a backup of a station; `birret backup check FOLDER` looks at one and needs no station. */
export async function backup(args: Arguments, output: Output): Promise<number> {
  const [first, second, third] = args.rest;
  if (first === 'check' && second !== undefined && third === undefined) return await check(second, output);
  if (first === undefined || second !== undefined) throw usage('backup DEST');
  return await withStation(args, { create: false }, async (station) => {
    const { client } = await signedIn(station, args);
    const { job } = await client.backup.make({ folder: resolve(first), media: !args.flag('without-recordings') });
    const made = BackupResult.parse(await jobResult(client, job));
    output.event({ event: 'backed-up', ...made }, `Backup in ${made.path}`);
    for (const line of remarks(made)) output.event({ event: 'remark', words: line }, line);
    return made.leftOut.length > 0 ? EXIT.failed : EXIT.done;
  });
}

function remarks({ sameDisk, leftOut, signed }: BackupResult): string[] {
  const lines: string[] = [];
  if (sameDisk) lines.push('It lies on a disk of the station itself: one failure would take both.');
  if (!signed) lines.push('The head of the log in it is not signed: nobody had opened the station’s keys.');
  for (const file of leftOut) lines.push(`Not in it, because no disk has it as the log says that it is: ${file}`);
  return lines;
}

async function check(path: string, output: Output): Promise<number> {
  const { signal } = new AbortController();
  const { folder, statement, problems, signed, files } = await checkBackup(path, { signal, onFile: () => undefined });
  const { at, station, log, exhibits, media } = statement;
  const leftOut = exhibits.flatMap(({ number, left_out }) => left_out.map((file) => `${number}/${file}`));
  output.event(
    {
      event: 'backup',
      folder,
      at,
      station: station.id,
      log,
      signed,
      media,
      exhibits: exhibits.length,
      files: files.size,
    },
    `Backup of ${station.name} (${station.id}), made ${at}: ${files.size} files, log of ${log.size} entries`,
  );
  for (const problem of problems) output.event({ event: 'problem', ...problem }, said(problem));
  for (const file of leftOut) {
    output.event({ event: 'left-out', file }, `Was not in the station either, as the log says that it is: ${file}`);
  }
  const whole = problems.length === 0;
  output.event(
    { event: 'checked', whole, signed },
    whole
      ? `The backup is whole${signed ? ', and the head of its log is signed' : '; the head of its log is not signed'}. Nothing in it opens anything.`
      : `The backup is not whole: ${problems.length} things are wrong. Do not restore from it.`,
  );
  return whole ? EXIT.done : EXIT.failed;
}

function said({ what, file, detail }: BackupProblem): string {
  switch (what) {
    case 'missing':
      return `${file} is not there.`;
    case 'differs':
      return `${file} was changed since.`;
    case 'unlisted':
      return `${file} does not belong to the backup.`;
    case 'database':
      return `The database cannot be read or does not fit together: ${detail}`;
    case 'log':
      return `The custody log does not fit together, from entry ${detail}`;
    case 'head':
      return `The database’s log is another one than the backup says: ${detail}`;
    case 'checkpoint':
      return `The signed head is not one of this log: ${detail}`;
  }
}
