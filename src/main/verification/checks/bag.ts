import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type ReadBag, recordOf } from '../bag.ts';
import { type Finding, judged } from '../checkBook.ts';
import { expectedFiles, HANDOVER, TAG_FILES } from '../expectedFiles.ts';
import { BAGIT_TXT, type Manifest, readBagInfo, readManifest } from '../tagFiles.ts';

const EMPTY: Manifest = new Map();

/** `bag.complete`: the files there are exactly those that the manifests and the record call for, under safe names. */
export function checkComplete(bag: ReadBag): Finding {
  const { files, listing, tooLarge } = bag.contents;
  const reasons: CheckReason[] = [...listing];
  const add = (code: CheckReason['code'], file: string): void => void reasons.push({ code, params: { file } });
  if (files.has('fetch.txt')) reasons.push({ code: 'fetch-file', params: {} });
  for (const file of tooLarge) add('too-large', file);
  for (const file of [...TAG_FILES, HANDOVER]) if (!files.has(file)) add('file-missing', file);
  const payload = manifestOf(bag, 'manifest-sha256.txt');
  const tags = manifestOf(bag, 'tagmanifest-sha256.txt');
  for (const path of files.keys()) {
    const listed = path.startsWith('data/') ? payload.has(path) : tags.has(path) || isUnlistedTag(path);
    if (path !== 'fetch.txt' && !listed) add('file-unlisted', path);
  }
  for (const path of [...payload.keys(), ...tags.keys()]) if (!files.has(path)) add('file-missing', path);
  const expected = expectedFiles(bag);
  for (const path of expected?.required ?? []) if (!files.has(path) && !payload.has(path)) add('file-missing', path);
  for (const path of files.keys()) {
    const foreign = path.startsWith('data/') ? expected?.allowed(path) === false : !isTag(path);
    if (foreign && path !== 'fetch.txt') add('file-unexpected', path);
  }
  return judged(reasons, { files: files.size });
}

/** `bag.manifest`: every digest of both manifests is that of the file, and the tag files say what they must (RFC 8493). */
export function checkManifest(bag: ReadBag): Finding {
  const { files, texts } = bag.contents;
  const reasons: CheckReason[] = [];
  for (const name of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
    const bytes = texts.get(name);
    const read = bytes === undefined ? { problem: missing(name) } : readManifest(name, bytes);
    if ('problem' in read) {
      reasons.push(read.problem);
      continue;
    }
    for (const [path, digest] of read.manifest) {
      if (path.startsWith('data/') !== (name === 'manifest-sha256.txt')) {
        reasons.push({ code: 'tag-malformed', params: { file: name, line: 0 } });
      }
      const found = files.get(path);
      if (found !== undefined && found.sha256 !== digest)
        reasons.push({ code: 'digest-differs', params: { file: path } });
    }
  }
  const tags = manifestOf(bag, 'tagmanifest-sha256.txt');
  for (const name of TAG_FILES.slice(0, 3))
    if (!tags.has(name)) reasons.push({ code: 'file-unlisted', params: { file: name } });
  if (texts.get('bagit.txt')?.toString('latin1') !== BAGIT_TXT) {
    reasons.push({ code: 'tag-malformed', params: { file: 'bagit.txt', line: 1 } });
  }
  reasons.push(...checkInfo(bag));
  return judged(reasons, { files: manifestOf(bag, 'manifest-sha256.txt').size });
}

/** `bag-info.txt`: the exhibit of the record, the payload's size and count, the version of the format. */
function checkInfo(bag: ReadBag): CheckReason[] {
  const file = 'bag-info.txt';
  const bytes = bag.contents.texts.get(file);
  if (bytes === undefined) return [missing(file)];
  const read = readBagInfo(file, bytes);
  if ('problem' in read) return [read.problem];
  const reasons: CheckReason[] = [];
  const exhibit = recordOf(bag)?.exhibit;
  const named = read.info.get('External-Identifier') ?? '';
  if (exhibit !== undefined && named !== exhibit) {
    reasons.push({ code: 'exhibit-differs', params: { expected: exhibit, found: named.slice(0, 64) } });
  }
  const payload = [...bag.contents.files].filter(([path]) => path.startsWith('data/'));
  const oxum = `${payload.reduce((sum, [, each]) => sum + each.bytes, 0)}.${payload.length}`;
  if (read.info.get('Payload-Oxum') !== oxum) reasons.push({ code: 'oxum-differs', params: { found: oxum } });
  for (const label of ['Source-Organization', 'Bagging-Date']) {
    if ((read.info.get(label) ?? '') === '') reasons.push({ code: 'tag-malformed', params: { file, line: 0 } });
  }
  if (read.info.get('Birret-Format') !== '1') reasons.push({ code: 'tag-malformed', params: { file, line: 0 } });
  return reasons;
}

export function manifestOf(bag: ReadBag, name: string): Manifest {
  const bytes = bag.contents.texts.get(name);
  const read = bytes === undefined ? null : readManifest(name, bytes);
  return read !== null && 'manifest' in read ? read.manifest : EMPTY;
}

const missing = (file: string): CheckReason => ({ code: 'file-missing', params: { file } });
const isUnlistedTag = (path: string): boolean => path === 'tagmanifest-sha256.txt' || path === HANDOVER;
const isTag = (path: string): boolean => isUnlistedTag(path) || TAG_FILES.some((name) => name === path);
