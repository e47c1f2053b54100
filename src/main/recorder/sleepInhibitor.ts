import { type ChildProcess, spawn } from 'node:child_process';

/** Keeps the machine awake while a recording runs. */
export interface SleepInhibitor {
  /**
   * True when the system has taken the block; false where it cannot, which the recorder's state says. `onLost` is called
   * when a block that was taken ends by itself.
   */
  block(onLost: () => void): Promise<boolean>;
  release(): void;
}

/** A program that holds a block. Without a `needed` one the machine may sleep; the others keep the screen from locking. */
export interface Holder {
  readonly command: string;
  readonly args: readonly string[];
  readonly needed: boolean;
}

/**
 * What holds the block on each system, against sleep, the lid and the lock of the screen: small programs that end when
 * their standard input does, so that a block never outlives this process, however it ends. A screen that an
 * administrator's rule locks all the same (Windows: machine inactivity limit) hides the picture; it stops no recording.
 */
export function holders(platform: NodeJS.Platform, pid: number, desktop: string): Holder[] {
  switch (platform) {
    case 'linux': {
      const why = ['--who=Bir Ret', '--why=A recording is running'];
      const what = ['--what=sleep:idle:handle-lid-switch', ...why, '--mode=block', 'cat'];
      const logind = { command: 'systemd-inhibit', args: what, needed: true };
      // GNOME's screen lock asks its own session, not the system.
      const gnome = ['--inhibit', 'idle:suspend', '--app-id', 'bir-ret', '--reason', 'A recording is running', 'cat'];
      const session = { command: 'gnome-session-inhibit', args: gnome, needed: false };
      return /gnome|unity/i.test(desktop) ? [logind, session] : [logind];
    }
    case 'darwin':
      return [{ command: 'caffeinate', args: ['-d', '-i', '-m', '-s', '-w', String(pid)], needed: true }];
    case 'win32': {
      const member = 'uint SetThreadExecutionState(uint flags)';
      const add = `Add-Type -Name Power -Namespace BirRet -MemberDefinition '[DllImport("kernel32.dll")] public static extern ${member};'`;
      // ES_CONTINUOUS | ES_DISPLAY_REQUIRED | ES_SYSTEM_REQUIRED
      const script = `${add}; [BirRet.Power]::SetThreadExecutionState(2147483651) | Out-Null; [Console]::In.ReadToEnd()`;
      const args = ['-NoProfile', '-NonInteractive', '-Command', script];
      return [{ command: 'powershell.exe', args, needed: true }];
    }
    default:
      return [];
  }
}

/** The block by the system's own means. A holder that ends within the first moments did not get it. */
export function systemSleepInhibitor(
  platform: NodeJS.Platform = process.platform,
  settleMs = 300,
  chosen: readonly Holder[] = holders(platform, process.pid, process.env['XDG_CURRENT_DESKTOP'] ?? ''),
): SleepInhibitor {
  let running: ChildProcess[] = [];
  return {
    block: async (onLost) => {
      const started = chosen.map((holder) => ({ holder, child: start(holder) }));
      running = started.map(({ child }) => child);
      const held = await Promise.all(started.map(({ child }) => holds(child, settleMs)));
      const needed = started.filter(({ holder }) => holder.needed);
      for (const { child } of needed) child.once('exit', () => running.includes(child) && onLost());
      return needed.length > 0 && started.every(({ holder }, i) => !holder.needed || held[i] === true);
    },
    release: () => {
      const held = running;
      running = [];
      for (const child of held) {
        child.stdin?.end();
        child.kill();
      }
    },
  };
}

function start({ command, args }: Holder): ChildProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true });
  child.stdin?.on('error', () => undefined);
  // That it could not be started is told by `holds`.
  child.on('error', () => undefined);
  return child;
}

/** True when the holder still runs after a moment. */
function holds(child: ChildProcess, settleMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, settleMs, true);
    const failed = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    child.once('error', failed);
    child.once('exit', failed);
  });
}
