import type { CheckReason } from '../../shared/evidence/verification.ts';
import { nameProblem, printable } from './names.ts';
import { textLines } from './textLines.ts';

/** RFC 8493 §2.1.1, the exact bytes that this format writes. */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Path → digest, in the order of the file. */
export type Manifest = ReadonlyMap<string, string>;

/**
 * Reads a manifest as `sha256sum` writes it: 64 hex digits, two spaces, path. Any other line, an unsafe path, or a path
 * that comes twice is a problem.
 */
export function readManifest(file: string, bytes: Uint8Array): { manifest: Manifest } | { problem: CheckReason } {
  const cut = textLines(file, bytes);
  if ('problem' in cut) return cut;
  const manifest = new Map<string, string>();
  for (const [index, line] of cut.lines.entries()) {
    const [, digest, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line.toString('latin1')) ?? [];
    if (digest === undefined || path === undefined) {
      return { problem: { code: 'tag-malformed', params: { file, line: index + 1 } } };
    }
    const bad = nameProblem(path);
    if (bad !== null) return { problem: bad };
    if (manifest.has(path)) return { problem: { code: 'name-twice', params: { file: printable(path) } } };
    manifest.set(path, digest);
  }
  return { manifest };
}

/** Reads `bag-info.txt`: `Label: value` lines, folded lines joined, no label twice. */
export function readBagInfo(file: string, bytes: Uint8Array): { info: Map<string, string> } | { problem: CheckReason } {
  const cut = textLines(file, bytes);
  if ('problem' in cut) return cut;
  const info = new Map<string, string>();
  let label: string | undefined;
  for (const [index, line] of cut.lines.entries()) {
    const text = line.toString('utf8');
    const folded = /^[ \t]+(.*)$/.exec(text);
    const [, name, value] = /^([A-Za-z][A-Za-z0-9-]*): ?(.*)$/.exec(text) ?? [];
    if (folded !== null && label !== undefined) info.set(label, `${info.get(label) ?? ''} ${folded[1] ?? ''}`);
    else if (name === undefined || value === undefined || info.has(name)) {
      return { problem: { code: 'tag-malformed', params: { file, line: index + 1 } } };
    } else {
      label = name;
      info.set(name, value);
    }
  }
  return { info };
}
