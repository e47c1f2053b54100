import type { CheckReason } from '../../shared/evidence/verification.ts';

const PLAIN_NAME = /^[A-Za-z0-9._-]+$/;
const LONGEST_PATH = 512;

/** Shows a hostile name without letting it speak to a terminal: everything but printable ASCII becomes `?`. */
export function printable(name: string): string {
  return name.slice(0, 200).replace(/[^\x20-\x7e]/g, '?');
}

/**
 * What is wrong with one path of a bag, or null. Allowed are ASCII letters, digits, `.`, `_`, `-` between single `/`,
 * never `.` or `..`, never absolute, never a Windows drive or backslash (EVIDENCE-FORMAT, head).
 */
export function nameProblem(path: string): CheckReason | null {
  const file = printable(path);
  const outside = path.startsWith('/') || path.includes('\\') || /^[A-Za-z]:/.test(path);
  const parts = path.split('/');
  if (outside || parts.some((part) => part === '..')) return { code: 'name-outside', params: { file } };
  if (path.length > LONGEST_PATH || parts.some((part) => part === '.' || !PLAIN_NAME.test(part))) {
    return { code: 'name-not-allowed', params: { file } };
  }
  return null;
}

/**
 * Names that are the same file on some systems: given twice, or differing only in case, also in a folder's name.
 * `paths` are files; their folders are considered too.
 */
export function clashes(paths: Iterable<string>): CheckReason[] {
  const problems: CheckReason[] = [];
  const files = new Set<string>();
  const spellings = new Map<string, string>();
  for (const path of paths) {
    if (files.has(path)) problems.push({ code: 'name-twice', params: { file: printable(path) } });
    files.add(path);
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const prefix = parts.slice(0, depth).join('/');
      const folded = prefix.toLowerCase();
      const known = spellings.get(folded);
      if (known === undefined) spellings.set(folded, prefix);
      else if (known !== prefix) {
        problems.push({ code: 'name-case', params: { file: printable(prefix), other: printable(known) } });
      }
    }
  }
  for (const path of files) {
    const folders = path.split('/').slice(0, -1);
    for (let depth = 1; depth <= folders.length; depth += 1) {
      const folder = folders.slice(0, depth).join('/');
      if (files.has(folder)) problems.push({ code: 'name-twice', params: { file: printable(folder) } });
    }
  }
  return problems;
}
