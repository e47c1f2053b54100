import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { writeFileDurably } from '../platform/files.ts';
import { type Arguments, usage } from './arguments.ts';
import { EXIT, type Output } from './output.ts';
import { signedIn, withStation } from './withStation.ts';

const HIGHEST = Number.MAX_SAFE_INTEGER;

/** `birret checkpoint`: the head of this station's log, or of one that it goes on from (`--log`), to be carried to a witness (C2SP tlog-witness, add-checkpoint). */
export async function checkpoint(args: Arguments, output: Output): Promise<number> {
  const out = resolve(args.required('out'));
  return await withStation(args, { create: false }, async (station) => {
    const { client } = await signedIn(station, args);
    const [named = null] = args.list('witness');
    const { keys } = await client.custody.witnesses();
    // By the name that people here gave it, or by its key.
    const witness = keys.find((one) => one.kind === 'witness' && one.name === named)?.vkey ?? named;
    const old = args.text('old') === null ? null : args.whole('old', 0, 0, HIGHEST);
    const closed = args.text('log');
    const given = await client.custody.checkpoint({ witness, old, ...(closed === null ? {} : { log: closed }) });
    await writeFileDurably(out, given.text);
    const { size } = given;
    output.event({ event: 'checkpoint', size, old: given.old, file: out }, `Head of ${size} entries in ${out}`);
    return EXIT.done;
  });
}

/** `birret witness`: cosigns the head of another station's log that was brought; the answer is to be carried back. */
export async function witness(args: Arguments, output: Output): Promise<number> {
  const out = resolve(args.required('out'));
  const text = await broughtFile(args);
  return await withStation(args, { create: false }, async (station) => {
    const { client } = await signedIn(station, args);
    const { origin, size, before, text: answer } = await client.custody.witness({ text });
    await writeFileDurably(out, answer);
    output.event(
      { event: 'witnessed', origin, size, before, file: out },
      `${origin}: ${before} → ${size} entries, cosigned in ${out}`,
    );
    return EXIT.done;
  });
}

/** `birret cosigned`: takes in a head of this station's log that a witness gave back. */
export async function cosigned(args: Arguments, output: Output): Promise<number> {
  const text = await broughtFile(args);
  return await withStation(args, { create: false }, async (station) => {
    const { client } = await signedIn(station, args);
    const { size, by } = await client.custody.cosigned({ text });
    output.event({ event: 'cosigned', size, by }, `${size} entries: ${by.map(({ name }) => name).join(', ')}`);
    return EXIT.done;
  });
}

async function broughtFile(args: Arguments): Promise<string> {
  const path = args.required('checkpoint');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Refusal('USAGE', { problem: `--checkpoint ${path}` }, { cause: error });
  });
  if (text.length > 20_000) throw usage(`--checkpoint ${path}`);
  return text;
}
