import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newStation, vaultIdentityOf } from '../integration/journey/seats.ts';
import { chromiumPath } from './chromium.ts';
import { endAllIn } from './cli.ts';
import { pulseSkipReason, startPulse } from './pulse.ts';
import { type RtspServer, rtspServerSkipReason, startRtspServer } from './rtspServer.ts';
import { testScreen } from './screen.ts';
import { speechSkipReason, startSpeaking } from './speech.ts';
import { until } from './until.ts';

/** A station with one room: a network camera that numbers its frames, and a microphone that somebody speaks into. */
export interface KillRoom {
  /** The station's own folder, in `folder`. */
  readonly station: string;
  readonly folder: string;
  readonly camera: RtspServer;
  readonly room: string;
  readonly password: string;
  /** Opens the exhibits' keys. */
  readonly vaultIdentity: string;
  /** The two folders that recordings go to. */
  readonly targets: readonly [string, string];
  /** Opens the station in an app window, as `npm start` does; null where there is no browser or no display. */
  openShell(): Promise<Shell | null>;
  stop(): Promise<void>;
}

/** A window and the process that opened it. */
export interface Shell {
  readonly pid: number;
  /** At once, with every window. */
  kill(): Promise<void>;
}

/** Why there can be no such room here, or null. */
export const killRoomSkipReason = (): string | null =>
  process.platform === 'linux' ? (rtspServerSkipReason() ?? pulseSkipReason() ?? speechSkipReason()) : 'Linux only';

export async function openKillRoom(): Promise<KillRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'birret-kills-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
  const stop = async (): Promise<void> => {
    await endAllIn(folder);
    for (const end of ends.reverse()) await end();
  };
  try {
    const pulse = await startPulse();
    ends.push(() => pulse.stop());
    // The station and its recorder find the microphone by the environment, as on a person's desk.
    const before = { ...process.env };
    for (const [name, value] of Object.entries(pulse.env)) if (name.startsWith('PULSE_')) process.env[name] = value;
    ends.push(async () => {
      for (const name of Object.keys(pulse.env)) restore(name, before[name]);
    });
    const speaker = await startSpeaking(pulse);
    ends.push(() => speaker.stop());
    const camera = await startRtspServer({ elsewhere: true });
    ends.push(() => camera.stop());
    const path = join(folder, 'station');
    const { station, people } = await newStation(path);
    const { administrator, clerk } = people.seats;
    const { id: room } = await administrator.client.rooms.save({
      id: null,
      name: 'Room 1',
      sources: [
        {
          place: 'room',
          device: { kind: 'camera', backend: 'rtsp', address: camera.address, label: 'Camera', simulated: false },
          credentials: null,
        },
        {
          place: 'mic1',
          device: { kind: 'microphone', backend: 'pulse', address: pulse.source, label: 'Voice', simulated: false },
          credentials: null,
        },
      ],
    });
    const [a, b] = (await administrator.client.station.targets()).map((target) => target.path);
    const vaultIdentity = await vaultIdentityOf(station, clerk);
    await station.stop();
    const password = people.accounts.find(({ role }) => role === 'investigator')?.password ?? '';
    const targets = [a ?? '', b ?? ''] as const;
    const openShell = (): Promise<Shell | null> => openWindow(path, ends);
    return { station: path, folder, camera, room, password, vaultIdentity, targets, openShell, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

async function openWindow(station: string, ends: (() => Promise<unknown>)[]): Promise<Shell | null> {
  const browser = chromiumPath();
  const screen = browser === null ? null : await testScreen();
  if (browser === null || screen === null) return null;
  ends.push(() => screen.stop());
  const launcher = fileURLToPath(new URL('../../src/main/launch/main.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', launcher, '--station', station, '--browser', browser];
  // A group of its own, so that one signal ends the opener and its windows together, and nothing else.
  const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore', env: screen.env });
  const ended = once(child, 'exit');
  const pid = child.pid ?? 0;
  const kill = async (): Promise<void> => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // ended by itself
    }
    await ended;
    await screen.stop();
  };
  ends.push(kill);
  try {
    await until('the window stands', async () => {
      if (child.exitCode !== null) throw new Error(`the shell ended with ${child.exitCode}`);
      const names = await readdir(join(station, `window-${pid}`)).catch((): string[] => []);
      return names.includes('SingletonLock');
    });
  } catch (error) {
    await kill();
    throw error;
  }
  return { pid, kill };
}
