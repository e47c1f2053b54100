import { isRefusal } from '../../shared/errors.ts';
import { type Arguments, readArguments, usage } from './arguments.ts';
import { backup } from './backup.ts';
import { certificate } from './certificate.ts';
import { demo } from './demo.ts';
import { exportBag } from './export.ts';
import { help } from './help.ts';
import { importCommand } from './import.ts';
import { EXIT, newOutput, type Output, said } from './output.ts';
import { record } from './record.ts';
import { recover } from './recover.ts';
import { restore } from './restore.ts';
import { serveCommand } from './serve.ts';
import { supplement } from './supplement.ts';
import { verify } from './verify.ts';
import { checkpoint, cosigned, witness } from './witness.ts';

type Command = (args: Arguments, output: Output) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  demo,
  record,
  recover,
  export: exportBag,
  import: importCommand,
  certificate,
  supplement,
  verify,
  checkpoint,
  witness,
  cosigned,
  backup,
  restore,
};

/** What could not be understood or read at all, as against what failed. */
const UNREADABLE =
  /^(USAGE|STATION_|BAG_UNREADABLE|BAG_ENCRYPTED|BACKUP_UNREADABLE|AGE_|KEY_|TRUST_ROOT|LOG_KEY|PATH_|REQUEST_MALFORMED)/;

async function main(argv: readonly string[]): Promise<number> {
  let json = argv.includes('--json');
  try {
    const args = readArguments(argv);
    json = args.json;
    if (args.help || args.command === '' || args.command === 'help') {
      process.stdout.write(help);
      return args.command === '' && !args.help ? EXIT.usage : EXIT.done;
    }
    const command = commands[args.command];
    if (command === undefined) throw usage(args.command);
    return await command(args, newOutput(json));
  } catch (error) {
    const { code, params, sentence } = said(error);
    if (json) process.stdout.write(`${JSON.stringify({ event: 'error', code, params, sentence })}\n`);
    process.stderr.write(`${sentence} [${code}]\n`);
    if (code === 'INTERNAL' && error instanceof Error && !isRefusal(error))
      process.stderr.write(`${error.stack ?? ''}\n`);
    return UNREADABLE.test(code) ? EXIT.usage : EXIT.failed;
  }
}

process.exitCode = await main(process.argv.slice(2));
