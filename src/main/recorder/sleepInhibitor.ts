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

/**
 * What holds the block on each system: a small program that ends when its standard input does, so that a block never
 * outlives this process, however it ends.
 */
function holder(platform: NodeJS.Platform, pid: number): { command: string; args: string[] } | null {
  switch (platform) {
    case 'linux': {
      const what = ['--what=sleep:idle:handle-lid-switch', '--who=Bir Ret', '--why=A recording is running'];
      return { command: 'systemd-inhibit', args: [...what, '--mode=block', 'cat'] };
    }
    case 'darwin':
      return { command: 'caffeinate', args: ['-i', '-m', '-s', '-w', String(pid)] };
    case 'win32': {
      const member = 'uint SetThreadExecutionState(uint flags)';
      const add = `Add-Type -Name Power -Namespace BirRet -MemberDefinition '[DllImport("kernel32.dll")] public static extern ${member};'`;
      // ES_CONTINUOUS | ES_SYSTEM_REQUIRED
      const script = `${add}; [BirRet.Power]::SetThreadExecutionState(2147483649) | Out-Null; [Console]::In.ReadToEnd()`;
      return { command: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', script] };
    }
    default:
      return null;
  }
}

/** The block by the system's own means. A holder that ends within the first moments did not get it. */
export function systemSleepInhibitor(platform: NodeJS.Platform = process.platform, settleMs = 300): SleepInhibitor {
  let child: ChildProcess | null = null;
  return {
    block: async (onLost) => {
      const chosen = holder(platform, process.pid);
      if (chosen === null) return false;
      const started = spawn(chosen.command, chosen.args, { stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true });
      started.stdin?.on('error', () => undefined);
      child = started;
      const held = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(resolve, settleMs, true);
        const failed = (): void => {
          clearTimeout(timer);
          resolve(false);
        };
        started.once('error', failed);
        started.once('exit', failed);
      });
      if (!held) {
        child = null;
        return false;
      }
      started.once('exit', () => {
        if (child === started) onLost();
      });
      return true;
    },
    release: () => {
      const held = child;
      child = null;
      held?.stdin?.end();
      held?.kill();
    },
  };
}
