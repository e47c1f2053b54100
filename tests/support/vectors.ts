import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { encryptedTarSink } from '../../src/main/archive/bag/index.ts';
import { newLogKey, parseSkey, witnessOf } from '../../src/main/custody/index.ts';
import { newIdentity } from '../../src/main/vault/index.ts';
import { openBag, verifyBag } from '../../src/main/verification/index.ts';
import type { VerificationResult } from '../../src/shared/evidence/verification.ts';
import { mediaFrom } from './fragmentedMedia.ts';
import { newOpensslTsa } from './opensslTsa.ts';
import { sampleBag } from './sampleBag.ts';
import { SAMPLE_EXHIBIT } from './sampleExhibit.ts';
import { newStationKeys } from './stationKeys.ts';

/** Where the published test vectors lie. */
export const VECTORS = join(import.meta.dirname, '../fixtures/vectors');
export const VECTOR_BAG = join(VECTORS, SAMPLE_EXHIBIT);

const Key = z.strictObject({ certPem: z.string(), privateKey: z.base64() });
const Keys = z.strictObject({
  warning: z.string(),
  root: Key,
  station: Key,
  officer: Key,
  log: z.string(),
  recorder: z.string(),
  witness: z.string(),
});
type Keys = z.infer<typeof Keys>;

const Change = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('xor'), file: z.string(), at: z.int(), with: z.int().min(1).max(255) }),
  z.strictObject({ op: z.literal('replace'), file: z.string(), find: z.string(), put: z.string() }),
  z.strictObject({ op: z.literal('remove'), file: z.string() }),
  z.strictObject({ op: z.literal('write'), file: z.string(), text: z.string() }),
  z.strictObject({ op: z.literal('copy'), from: z.string(), file: z.string() }),
]);

/** Broken siblings of the bag, each as the changes that make it. */
export const Broken = z.array(
  z.strictObject({
    name: z.string(),
    changes: z.array(Change).min(1),
    /** Checks that must fail; others may. */
    fails: z.array(z.string()).min(1),
    /** Whether somebody finds it who looks at no signature and no time-stamp: a checker of files, trees and log alone. */
    without_signatures: z.boolean(),
  }),
);
export type Broken = z.infer<typeof Broken>[number];

/** Makes a broken sibling of the bag in `folder`. */
export async function broken(folder: string, { changes }: Broken): Promise<string> {
  const bag = join(folder, SAMPLE_EXHIBIT);
  await rm(bag, { recursive: true, force: true });
  await cp(VECTOR_BAG, bag, { recursive: true });
  for (const change of changes) {
    const path = join(bag, change.file);
    switch (change.op) {
      case 'xor': {
        const bytes = await readFile(path);
        const at = change.at < 0 ? bytes.length + change.at : change.at;
        bytes.writeUInt8(bytes.readUInt8(at) ^ change.with, at);
        await writeFile(path, bytes);
        break;
      }
      case 'replace': {
        const text = await readFile(path, 'utf8');
        if (text.split(change.find).length !== 2) throw new Error(`${change.find} is not in ${change.file} once`);
        await writeFile(
          path,
          text.replace(change.find, () => change.put),
        );
        break;
      }
      case 'remove':
        await rm(path);
        break;
      case 'write':
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, change.text);
        break;
      case 'copy':
        await cp(join(bag, change.from), path);
    }
  }
  return bag;
}

/** The whole verdict on a bag with everything that the vectors say is to be trusted, at the moment that they name. */
export async function verdictOf(path: string, identity?: string): Promise<VerificationResult> {
  const [root, tsaRoot, witness, now] = await Promise.all(
    ['ROOT.pem', 'TSA-ROOT.pem', 'WITNESS.vkey', 'NOW'].map((name) => readFile(join(VECTORS, name), 'utf8')),
  );
  const source = await openBag(path, identity === undefined ? {} : { identity });
  try {
    const witnesses = [(witness ?? '').trim()];
    return await verifyBag(source, {
      trust: [root ?? ''],
      tsaTrust: [tsaRoot ?? ''],
      witnesses,
      now: new Date((now ?? '').trim()),
    });
  } finally {
    await source.close();
  }
}

const DRAWING = 'Бұл біздің үй.\n';
const PROTOCOL = 'Хаттама. Сынақ мәтіні.\n';
const REMARK = 'Замечаний к протоколу нет.\n';
const ANSWER = 'No remarks either.\n';
const text = (file: string, title: string, words: string) => {
  return { file, title, mediaType: 'text/plain', content: Buffer.from(words) };
};

const WARNING =
  'TEST KEYS. They are published, belong to nobody and protect nothing. Never use them, never trust them.';

async function keysOf(folder: string): Promise<Keys> {
  const path = join(folder, 'TEST-KEYS.json');
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there !== null) return Keys.parse(JSON.parse(there));
  const made = await newStationKeys(new Date(Date.now() - 86_400_000), 'TEST station');
  const text = ({ certPem, privateKey }: { certPem: string; privateKey: Uint8Array }) => {
    return { certPem, privateKey: Buffer.from(privateKey).toString('base64') };
  };
  const keys: Keys = {
    warning: WARNING,
    root: text({ certPem: made.ca.certPem, privateKey: made.ca.privateKeyPkcs8 }),
    station: text(made.station),
    officer: text(made.officer),
    log: newLogKey('birret/st1').skey,
    recorder: newLogKey(SAMPLE_EXHIBIT).skey,
    witness: newLogKey('witness.example').skey,
  };
  await writeFile(path, `${JSON.stringify(keys, null, 2)}\n`);
  return keys;
}

/** Makes the bag, its encrypted twin and what to expect anew, with the keys that are there. */
export async function makeVectors(): Promise<void> {
  await mkdir(VECTORS, { recursive: true });
  const keys = await keysOf(VECTORS);
  const folder = await mkdtemp(join(tmpdir(), 'birret-vectors-'));
  try {
    const given = { certPem: keys.root.certPem, privateKeyPkcs8: Buffer.from(keys.root.privateKey, 'base64') };
    const signer = ({ certPem, privateKey }: z.infer<typeof Key>) => {
      return { certPem, privateKey: Buffer.from(privateKey, 'base64') };
    };
    const logKey = (skey: string) => ({ skey, vkey: parseSkey(skey).vkey, signer: parseSkey(skey) });
    const authority = await newStationKeys(new Date());
    const tsa = await newOpensslTsa(folder);
    const witness = witnessOf(keys.witness);
    const made = await sampleBag(folder, {
      tsa,
      witness,
      bagged: new Date(),
      attachments: [text('attachments/words.txt', 'What the child said to the drawing', DRAWING)],
      supplements: [
        [text('1/protocol-kk.txt', 'Protocol', PROTOCOL)],
        [text('2/remark.txt', 'Remark', REMARK), text('2/remark-2.txt', 'Answer', ANSWER)],
      ],
      media: {
        room: mediaFrom('video', 'testsrc2=size=64x48:rate=25:duration=2', 2),
        mic: mediaFrom('audio', 'sine=frequency=330:sample_rate=48000:duration=2', 2),
      },
      given: {
        keys: {
          ...authority,
          ca: { ...authority.ca, ...given },
          station: signer(keys.station),
          officer: signer(keys.officer),
        },
        logKey: logKey(keys.log),
        recorder: logKey(keys.recorder),
      },
    });
    made.exhibit.db.close();
    await rm(VECTOR_BAG, { recursive: true, force: true });
    await cp(made.path, VECTOR_BAG, { recursive: true });
    await cp(tsa.rootPath, join(VECTORS, 'TSA-ROOT.pem'));
    await writeFile(join(VECTORS, 'ROOT.pem'), keys.root.certPem);
    await writeFile(join(VECTORS, 'WITNESS.vkey'), `${witness.vkey}\n`);
    await writeFile(join(VECTORS, 'NOW'), `${new Date().toISOString()}\n`);
    await encrypted(made.path);
    const verdict = await verdictOf(VECTOR_BAG);
    await writeFile(join(VECTORS, 'expected.json'), `${JSON.stringify({ event: 'verified', ...verdict }, null, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The bag as one tar in one age file, to an identity of its own. */
async function encrypted(bag: string): Promise<void> {
  const { identity, recipient } = await newIdentity();
  const path = join(VECTORS, `${SAMPLE_EXHIBIT}.tar.age`);
  await rm(path, { force: true });
  const sink = encryptedTarSink(path, [recipient], new Date());
  await sink.begin(SAMPLE_EXHIBIT);
  const files = (await readdir(bag, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name));
    const file = await sink.open(relative(bag, join(parentPath, name)), bytes.length);
    await file.write(bytes);
    await file.close();
  }
  await sink.finish();
  await writeFile(join(VECTORS, 'TEST-IDENTITY.txt'), `# ${WARNING}\n${identity}\n`);
}
