import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { type Arguments, usage } from './arguments.ts';
import { EXIT, type Output } from './output.ts';
import { signedIn, withStation } from './withStation.ts';

/**
 * `birret supplement`: adds files to a sealed exhibit as its next supplement, signed by the station and by whoever calls.
 * All get the same title, numbered where there are several. @throws Refusal USAGE for a file that cannot be read
 */
export async function supplement(args: Arguments, output: Output): Promise<number> {
  const [exhibit, ...paths] = args.rest;
  if (exhibit === undefined || paths.length === 0) throw usage('supplement EXHIBIT FILE…');
  const title = args.required('title');
  const files = await Promise.all(
    paths.map(async (path, i) => ({
      title: paths.length === 1 ? title : `${title} (${i + 1})`,
      content: new File([await contentOf(path)], basename(path), { type: typeOf(path) }),
    })),
  );
  return await withStation(args, { create: false }, async (station) => {
    const seat = await signedIn(station, args);
    const added = await seat.client.supplements.add({ exhibit, files });
    output.event(
      { event: 'supplemented', exhibit, n: added.n, sha256: added.sha256, files: added.files },
      `Supplement ${added.n} of ${exhibit}\nSHA-256 ${added.sha256}`,
    );
    return EXIT.done;
  });
}

async function contentOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(resolve(path)));
  } catch (error) {
    throw new Refusal('USAGE', { problem: `${path} cannot be read` }, { cause: error });
  }
}

/** Text alone is told apart by its ending; everything else by its content. */
const typeOf = (path: string): string =>
  path.endsWith('.json') ? 'application/json' : path.endsWith('.txt') ? 'text/plain' : '';
