/** What is the matter with a folder that recordings go to, as people say it (`recorder` namespace, `problem.<kind>`). */
export type DiskProblem = 'full' | 'away' | 'broken' | 'silent' | 'slow' | 'read-only';

/** The kind of a system's word for a failure (`ENOSPC`), or of ours (`TOO_SLOW`, `ETIMEDOUT`). */
export function diskProblem(word: string): DiskProblem {
  switch (word) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full';
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
    case 'ENOTDIR':
      return 'away';
    case 'ETIMEDOUT':
      return 'silent';
    case 'TOO_SLOW':
      return 'slow';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'read-only';
    default:
      return 'broken';
  }
}
