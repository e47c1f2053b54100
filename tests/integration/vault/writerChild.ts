import { openPart } from '../../../src/main/vault/index.ts';

/**
 * Writes a part until it is killed: `node writerChild.ts RECIPIENT TARGET…`. Byte i of the plaintext is i / 4 (32 bits,
 * little end first). After each fragment that is durable its end goes to standard output, one number a line.
 */
const [recipient = '', ...targets] = process.argv.slice(2);
const writer = await openPart({ targets, file: 'room.mp4', recipient });
for (let round = 0; ; round++) {
  const start = writer.bytes;
  const bytes = Buffer.alloc(4 * (1000 + ((round * 7919) % 30_000)));
  for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE((start + i) / 4, i);
  await writer.write(bytes);
  await writer.makeDurable();
  process.stdout.write(`${writer.durableBytes}\n`);
}
