import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningStation } from './station.ts';

const NAME = /^enter-[0-9a-f]{16}\.html$/;

/**
 * Writes the page that lets a browser's window in: it posts the code to the station by itself. A file that only we can read,
 * because a code in an address or an argument list could be read by anyone on this machine. Gives its path.
 */
export async function writeEnterPage(folder: string, station: RunningStation, code: string): Promise<string> {
  const path = join(folder, `enter-${randomBytes(8).toString('hex')}.html`);
  await writeFile(path, pageOf(station, code), { mode: 0o600, flag: 'wx' });
  return path;
}

/** Removes pages that a start which was killed has left. */
export async function removeEnterPages(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (NAME.test(name)) await rm(join(folder, name), { force: true });
}

function pageOf(station: RunningStation, code: string): string {
  if (!/^[\w-]+$/.test(code)) throw new Error('the code is not one that can stand in a page');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Bir Ret</title>
<style>body { background: #f7f4ef }</style>
<form id="enter" method="post" action="${station.origin}/enter"><input type="hidden" name="code" value="${code}"></form>
<script>document.getElementById('enter').submit();</script>
</html>
`;
}
