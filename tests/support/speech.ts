import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { PulseServer } from './pulse.ts';

/** Somebody who speaks without end into a PulseAudio sink. */
export interface Speaker {
  stop(): Promise<void>;
}

export interface SpeechOptions {
  /** What is said, again and again. */
  readonly text?: string;
  /** espeak-ng's voice: `en`, `ru`, `kk`. */
  readonly voice?: string;
  /** Words a minute. */
  readonly speed?: number;
  readonly sink?: string;
}

/** Why nobody can speak here, or null. */
export function speechSkipReason(): string | null {
  return spawnSync('espeak-ng', ['--version']).error === undefined ? null : 'espeak-ng is not installed';
}

/**
 * espeak-ng speaks `text` in a loop into the server's sink: its sound is made once, and ffmpeg plays it there in real
 * time, since not every espeak-ng is built with PulseAudio.
 */
export async function startSpeaking(pulse: PulseServer, options: SpeechOptions = {}): Promise<Speaker> {
  const { text = 'One, two, three. We are speaking in the room, and nothing is lost.', voice = 'en' } = options;
  const args = ['-v', voice, '-s', String(options.speed ?? 150), '--stdout', text];
  const spoken = spawnSync('espeak-ng', args, { maxBuffer: 64 * 1024 * 1024 });
  if (spoken.status !== 0) throw new Error(`espeak-ng: ${String(spoken.stderr)}`);
  const { sampleRate, samples } = readWav(spoken.stdout);
  const format = ['-f', 's16le', '-ar', String(sampleRate), '-ac', '1'];
  const player: ChildProcess = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-nostats', '-loglevel', 'error', '-re', ...format, '-i', 'pipe:0'],
      ...['-af', 'aresample=48000', '-f', 'pulse', '-device', options.sink ?? pulse.sink, 'speech'],
    ],
    { env: { ...process.env, ...pulse.env }, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const ended = once(player, 'close');
  let complaint = '';
  player.stderr?.on('data', (piece) => {
    complaint += String(piece);
  });
  const input = player.stdin;
  if (input === null) throw new Error('no pipe');
  const sentence = Buffer.concat([samples, Buffer.alloc(2 * Math.round(sampleRate * 0.6))]);
  const say = (): void => {
    while (!input.destroyed && input.write(sentence)) {
      // as much as the pipe takes; the rest when it drains
    }
  };
  input.on('drain', say);
  input.on('error', () => input.destroy());
  say();
  let stopping = false;
  void ended.then(() => {
    if (!stopping && complaint !== '') process.emitWarning(`the speaker ended: ${complaint}`);
  });
  return {
    stop: async () => {
      stopping = true;
      input.destroy();
      player.kill('SIGKILL');
      await ended;
    },
  };
}

/** espeak-ng's WAV: 16-bit mono; the length in its header is not true, since it writes to a pipe. */
function readWav(wav: Buffer): { sampleRate: number; samples: Buffer } {
  const data = wav.indexOf('data', 12, 'latin1');
  if (wav.toString('latin1', 0, 4) !== 'RIFF' || data < 0 || wav.length <= data + 8) throw new Error('no WAV');
  const end = wav.length - ((wav.length - data - 8) % 2);
  return { sampleRate: wav.readUInt32LE(24), samples: wav.subarray(data + 8, end) };
}
