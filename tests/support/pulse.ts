import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** A PulseAudio of the test's own: what is played into `sink` is heard from `source`, as from a microphone. */
export interface PulseServer {
  /** For child processes: `PULSE_SERVER` and what keeps them from any other server. Set on ffmpeg and `pactl`, too. */
  readonly env: Readonly<Record<string, string>>;
  readonly sink: string;
  /** The monitor of `sink`: `<sink>.monitor`. */
  readonly source: string;
  /** Another sink, for a second microphone; gives its name (its source is `<name>.monitor`). */
  addSink(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Why there can be no PulseAudio here, or null. */
export function pulseSkipReason(): string | null {
  for (const program of ['pulseaudio', 'pactl', 'ffmpeg']) {
    if (spawnSync(program, ['--version']).error !== undefined) return `${program} is not installed`;
  }
  const { stdout } = spawnSync('ffmpeg', ['-hide_banner', '-devices'], { encoding: 'utf8' });
  return /^ D\S* +pulse /m.test(stdout) ? null : 'ffmpeg has no PulseAudio input';
}

/**
 * Starts PulseAudio with a folder and socket of its own, without D-Bus and without hardware, as any user including root.
 * It ends with `stop`, which also deletes the folder.
 */
export async function startPulse(sink = 'room'): Promise<PulseServer> {
  const folder = await mkdtemp(join(tmpdir(), 'pulse-'));
  const socket = join(folder, 'native');
  const env = {
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_CONFIG_HOME: folder,
    PULSE_RUNTIME_PATH: folder,
    PULSE_STATE_PATH: folder,
    PULSE_COOKIE: join(folder, 'cookie'),
    PULSE_SERVER: `unix:${socket}`,
    // Nothing of a desktop's session may answer in its stead.
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent',
  };
  const everything = { ...process.env, ...env };
  const daemon = spawn(
    'pulseaudio',
    [
      ...[
        '-n',
        '--daemonize=no',
        '--use-pid-file=no',
        '--exit-idle-time=-1',
        '--disable-shm=yes',
        '--high-priority=no',
      ],
      ...['--realtime=no', '--log-target=stderr', '--log-level=error'],
      ...['-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`],
      ...['-L', nullSink(sink)],
      ...['-L', 'module-always-sink'],
    ],
    { env: everything, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(daemon, 'close');
  let complaint = '';
  daemon.stderr.on('data', (text) => {
    complaint += String(text);
  });
  const pactl = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync('pactl', args, { env: everything, encoding: 'utf8', timeout: 5000 });
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    const limit = setTimeout(() => daemon.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(limit);
    await rm(folder, { recursive: true, force: true });
  };
  const hasSource = (name: string): boolean => String(pactl('list', 'short', 'sources').stdout).includes(`\t${name}\t`);
  try {
    await until('PulseAudio answers', () => {
      if (daemon.exitCode !== null) throw new Error(`pulseaudio ended: ${complaint}`);
      return hasSource(`${sink}.monitor`);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env,
    sink,
    source: `${sink}.monitor`,
    addSink: async (name) => {
      const { status, stderr } = pactl('load-module', ...nullSink(name).split(' '));
      if (status !== 0) throw new Error(String(stderr));
      await until('the new sink', () => hasSource(`${name}.monitor`));
      return name;
    },
    stop,
  };
}

const nullSink = (name: string): string => `module-null-sink sink_name=${name} rate=48000 channels=1`;
