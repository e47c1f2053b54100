/** Path in the bag → digest and length. */
export type WrittenFiles = ReadonlyMap<string, { readonly sha256: string; readonly bytes: number }>;

/** RFC 8493 §2.1.1. */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** `sha256sum` lines for the files whose path `wanted` takes, in the order of their paths' bytes. */
export function manifestText(files: WrittenFiles, wanted: (path: string) => boolean): string {
  return [...files]
    .filter(([path]) => wanted(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { sha256 }]) => `${sha256}  ${path}\n`)
    .join('');
}

export const isPayload = (path: string): boolean => path.startsWith('data/');
export const isCustody = (path: string): boolean => path.startsWith('data/custody/');

/** `bag-info.txt` (RFC 8493 §2.2.2) with what EVIDENCE-FORMAT §5 asks for. */
export function bagInfoText(input: {
  sourceOrganization: string;
  exhibit: string;
  now: Date;
  files: WrittenFiles;
}): string {
  const payload = [...input.files].filter(([path]) => isPayload(path));
  const octets = payload.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  return [
    `Source-Organization: ${oneLine(input.sourceOrganization)}`,
    `External-Identifier: ${input.exhibit}`,
    `Bagging-Date: ${input.now.toISOString().slice(0, 10)}`,
    `Payload-Oxum: ${octets}.${payload.length}`,
    'Birret-Format: 1',
    '',
  ].join('\n');
}

/** A typed name must not begin another line of the file. */
function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}
