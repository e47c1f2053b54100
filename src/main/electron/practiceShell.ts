import { spawn } from 'node:child_process';
import { app } from 'electron';
import { practiceFolder } from '../launch/index.ts';

/** Opens the practice station beside `station` in a shell of its own; one that is open already comes to the front by itself. */
export function openPracticeShell(station: string): void {
  const sandbox = process.argv.includes('--no-sandbox') ? ['--no-sandbox'] : [];
  const application = app.isPackaged ? [] : [app.getAppPath()];
  const args = [...sandbox, ...application, '--station', practiceFolder(station), '--practice'];
  spawn(process.execPath, args, { detached: true, stdio: 'ignore' }).unref();
}
