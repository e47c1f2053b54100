export { BackupService } from './backupService.ts';
export { type BackupProblem, checkBackup } from './checkBackup.ts';
export { restoreBackup } from './restoreBackup.ts';
export { RestoredLog } from './restoredLog.ts';
