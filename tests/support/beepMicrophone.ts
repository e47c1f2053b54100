import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

const RATE = 48_000;
const BEEP_SECONDS = 0.1;

/** A microphone whose crystal is `ppm` wrong: in each true second it gives 48000 × (1 + ppm/10⁶) samples. */
export interface BeepMicrophone {
  /** PulseAudio's name of it. */
  readonly source: string;
  /** True monotonic nanoseconds of each beep so far. */
  readonly beeps: readonly bigint[];
  stop(): void;
}

/**
 * A PulseAudio source that this process feeds through a named pipe: faint noise, and a beep at every `everySeconds` true
 * seconds. `env` = for `pactl`; `folder` = where the pipe may lie.
 */
export async function startBeepMicrophone(
  name: string,
  {
    env,
    folder,
    ppm,
    everySeconds,
  }: { env: Readonly<Record<string, string>>; folder: string; ppm: number; everySeconds: number },
): Promise<BeepMicrophone> {
  const pipe = join(folder, `${name}.pipe`);
  const everything = { ...process.env, ...env };
  const args = [`source_name=${name}`, `file=${pipe}`, 'format=s16le', `rate=${RATE}`, 'channels=1'];
  execFileSync('pactl', ['load-module', 'module-pipe-source', ...args], { env: everything });
  await until('the pipe of the microphone', () => {
    const list = execFileSync('pactl', ['list', 'short', 'sources'], { env: everything, encoding: 'utf8' });
    return list.includes(`\t${name}\t`);
  });
  // A microphone runs whether anybody listens or not: without a listener the pipe would fill up with old sound.
  const listener = spawn('parec', ['-d', name, '--raw'], { env: everything, stdio: ['ignore', 'pipe', 'ignore'] });
  listener.stdout.resume();
  const fd = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  const beeps: bigint[] = [];
  const speed = 1 + ppm / 1e6;
  const startNs = process.hrtime.bigint();
  let sent = 0;
  let noise = 1;
  let lastBeep = -1;
  let left: Buffer = Buffer.alloc(0);
  const feed = (): void => {
    const due = Math.floor((Number(process.hrtime.bigint() - startNs) / 1e9) * RATE * speed);
    const count = Math.min(due - sent, RATE / 2);
    if (count <= 0) return;
    const samples = Buffer.alloc(count * 2);
    for (let i = 0; i < count; i++) {
      const second = (sent + i) / RATE / speed;
      const beat = Math.floor(second / everySeconds);
      const into = second - beat * everySeconds;
      noise = (noise * 1_103_515_245 + 12_345) % 2 ** 31;
      let value = (noise / 2 ** 31 - 0.5) * 60;
      if (into < BEEP_SECONDS) {
        value += 12_000 * Math.sin(2 * Math.PI * 1500 * into);
        if (beat !== lastBeep) {
          lastBeep = beat;
          beeps.push(startNs + BigInt(Math.round(beat * everySeconds * 1e9)));
        }
      }
      samples.writeInt16LE(Math.round(value), i * 2);
    }
    sent += count;
    write(Buffer.concat([left, samples]));
  };
  const write = (bytes: Buffer): void => {
    try {
      left = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      // The pipe is full while the sound server is late: what it does not take now it takes with the next.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      left = bytes;
    }
  };
  const timer = setInterval(feed, 10);
  return {
    source: name,
    beeps,
    stop: () => {
      clearInterval(timer);
      listener.kill('SIGKILL');
      closeSync(fd);
      rmSync(pipe, { force: true });
    },
  };
}
