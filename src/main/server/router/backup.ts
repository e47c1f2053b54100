import type { BackupService } from '../../backup/index.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';

export interface BackupHandlersNeeds {
  readonly backups: BackupService;
  readonly jobs: Jobs;
}

/** Handlers of `backup`. */
export function backupHandlers(os: Implementer, { backups, jobs }: BackupHandlersNeeds) {
  return {
    last: os.backup.last.handler(() => ({ last: backups.last() })),
    look: os.backup.look.handler(({ input }) => backups.look(input.folder)),
    make: os.backup.make.handler(({ input, context: { call } }) => {
      const actor = { id: call.person.code, role: call.person.role };
      return jobs.start('backup', call.person.id, (control) => backups.make(input, actor, control));
    }),
  };
}
