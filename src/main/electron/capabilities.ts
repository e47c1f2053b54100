import { safeStorage } from 'electron';
import type { ShellCapabilities } from '../../shared/shell.ts';

/** What a window of this shell can really do on this machine. */
export function shellCapabilities(): ShellCapabilities {
  return {
    secondWindow: true,
    contentProtection: process.platform === 'win32' || process.platform === 'darwin',
    kiosk: true,
    print: true,
    folderDialog: true,
    safeStorage: reallyEncrypts(),
    practice: true,
  };
}

/** On Linux without a key ring Electron "encrypts" with a password that everyone knows. */
function reallyEncrypts(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== 'linux') return true;
  return !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}
