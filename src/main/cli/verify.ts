import { readFile } from 'node:fs/promises';
import { Refusal } from '../../shared/errors.ts';
import { formatReport, openBag, verifyBag } from '../verification/index.ts';
import { type Arguments, usage } from './arguments.ts';
import { languageOfTerminal, type Output } from './output.ts';

/** `birret verify`: needs no station, database or network. Its exit status is the result's (EVIDENCE-FORMAT §6). */
export async function verify(args: Arguments, output: Output): Promise<number> {
  const [path] = args.rest;
  if (path === undefined) throw usage('verify BAG');
  const source = await openBag(path, await identityOf(args));
  try {
    const result = await verifyBag(source, {
      trust: await readAll(args.list('trust')),
      tsaTrust: await readAll(args.list('tsa-trust')),
      witnesses: args.list('witness'),
      now: new Date(),
    });
    output.event({ event: 'verified', ...result }, formatReport(result, languageOfTerminal()));
    return result.exitStatus;
  } finally {
    await source.close();
  }
}

/** The age identity in the file of `--identity`: the first line that is no comment. */
async function identityOf(args: Arguments): Promise<{ identity?: string }> {
  const path = args.text('identity');
  if (path === null) return {};
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Refusal('USAGE', { problem: `--identity ${path}` }, { cause: error });
  });
  const identity = text.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
  if (identity === undefined) throw usage(`--identity ${path}`);
  return { identity };
}

function readAll(paths: readonly string[]): Promise<Buffer[]> {
  return Promise.all(
    paths.map((path, index) =>
      readFile(path).catch((error: unknown) => {
        throw new Refusal('TRUST_ROOT_UNREADABLE', { number: index + 1 }, { cause: error });
      }),
    ),
  );
}
