import { rm } from 'node:fs/promises';
import { exit } from 'node:process';
import { systemClock } from '../platform/clock.ts';
import { FfmpegChildren } from './ffmpeg/children.ts';
import { readChecked, recorderFiles, StartFile, writePrivate } from './folder.ts';
import { takeLock } from './folderLock.ts';
import { Journal } from './journal.ts';
import { openSource } from './openSource.ts';
import { comeFirst } from './priority.ts';
import { RoomRecorder } from './roomRecorder.ts';
import { systemSleepInhibitor } from './sleepInhibitor.ts';
import { newSecret } from './wire/challenge.ts';
import { type MethodInput, type MethodName, methods } from './wire/protocol.ts';
import { RecorderServer } from './wire/server.ts';

/** Exit statuses that the client that started us knows. */
const ENDED = { orderly: 0, failed: 1, wrongUse: 2, locked: 17 } as const;
/** A room that is ready and that nobody looks at any more lets its cameras go. */
const LONELY_MS = 120_000;

async function main(): Promise<void> {
  const folder = process.argv[2];
  if (folder === undefined || process.argv.length !== 3) exit(ENDED.wrongUse);
  const files = recorderFiles(folder);
  const lock = takeLock(files.lock);
  if (lock === null) exit(ENDED.locked);
  const start = await readChecked(files.start, StartFile);
  await rm(files.start, { force: true });
  if (start === null) exit(ENDED.wrongUse);

  const secret = newSecret();
  const journal = new Journal(files.journal, systemClock);
  await journal.start();
  const children = new FfmpegChildren();
  if (!comeFirst(process.pid)) process.stderr.write('recorder: runs at ordinary priority\n');
  const room: RoomRecorder = new RoomRecorder({
    ...{ folder, start, clock: systemClock, journal, children },
    inhibitor: systemSleepInhibitor(),
    openInput: (source) => openSource(source, start.secrets, start.ffmpeg.path),
    emit: (event) => server.emit(event),
    // After the answer to whoever asked for the end is on its way.
    broken: () => void setTimeout(() => void children.stopAll().then(() => goodbye(ENDED.failed)), 100),
  });
  const server = new RecorderServer(secret, start.room, (method, input) => answer(method, input));

  const goodbye = async (status: number): Promise<void> => {
    clearInterval(lonely);
    await rm(files.run, { force: true });
    await server.stop();
    await journal.stop();
    lock.release();
    exit(status);
  };

  async function answer(method: MethodName, input: unknown): Promise<{ output: unknown; binary?: Buffer }> {
    switch (method) {
      case 'state':
        return { output: room.state() };
      case 'begin':
        return { output: await room.begin(methods.begin.input.parse(input)) };
      case 'end':
        return { output: await room.end() };
      case 'result':
        return { output: room.result };
      case 'acknowledge':
        await room.acknowledge();
        return { output: null };
      case 'preview':
        return { output: null, binary: room.preview(methods.preview.input.parse(input).place) ?? Buffer.alloc(0) };
      case 'live': {
        const { track, part, after }: MethodInput<'live'> = methods.live.input.parse(input);
        const { answer: output, bytes } = room.live(track, part, after);
        return { output, binary: bytes };
      }
      case 'sample': {
        const { track, lastMs }: MethodInput<'sample'> = methods.sample.input.parse(input);
        return room.sample(track, lastMs);
      }
      case 'journal':
        return { output: room.journal(methods.journal.input.parse(input).after) };
      case 'release':
        await room.release();
        // After the answer is on its way.
        setTimeout(() => void goodbye(ENDED.orderly), 20);
        return { output: null };
    }
  }

  let lonelySince = performance.now();
  const lonely = setInterval(() => {
    if (server.clients > 0 || room.phase !== 'ready') lonelySince = performance.now();
    else if (performance.now() - lonelySince > LONELY_MS) void room.release().then(() => goodbye(ENDED.orderly));
  }, 1000);

  // A mistake of ours in one place must not take a recording with it; outside of one, a fresh process is safer.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      process.stderr.write(`${event}: ${error instanceof Error ? error.stack : String(error)}\n`);
      if (room.phase !== 'recording') void children.stopAll().then(() => goodbye(ENDED.failed));
    });
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void room.shutDown().then(() => goodbye(ENDED.orderly)));
  }
  // The terminal or the session that the station was started from is no concern of a recording.
  process.on('SIGHUP', () => undefined);

  await room.start();
  const port = await server.start();
  await writePrivate(files.run, { start: start.start, pid: process.pid, port, secret });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  exit(ENDED.failed);
});
