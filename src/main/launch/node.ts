import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKED = `${sep}app.asar${sep}`;
const UNPACKED = `${sep}app.asar.unpacked${sep}`;

/**
 * The Node that runs the station: in the packaged app the one in its resources, in a checkout the pinned package, and
 * where there is neither, the one that runs this, if it is no Electron and new enough. Throws when there is none.
 */
export function nodeForStation(): string {
  const ending = process.platform === 'win32' ? 'node.exe' : 'node';
  const system = process.platform === 'win32' ? 'win' : process.platform;
  // Electron's own property of `process`: the resources of the app it runs.
  const resources: unknown = Reflect.get(process, 'resourcesPath');
  const places = [
    ...(typeof resources === 'string' ? [join(resources, 'node', ending)] : []),
    join(checkout(), 'node_modules', `node-${system}-${process.arch}`, 'bin', ending),
  ];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  const isElectron = process.versions['electron'] !== undefined;
  if (!isElectron && Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error('no Node 24 was found to run the station with');
}

/** The station's entry, beside this file: TypeScript in a checkout's sources, JavaScript where it was built. */
export function stationEntry(): string {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const path = fileURLToPath(new URL(`../station.${ending}`, import.meta.url));
  return path.replace(PACKED, UNPACKED);
}

function checkout(): string {
  return fileURLToPath(new URL('../../..', import.meta.url));
}
