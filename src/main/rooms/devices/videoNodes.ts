import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { VideoNode } from './linuxListings.ts';

/** Reads the kernel's list of video nodes and their lasting names; empty where there is none. Opens no camera. */
export async function readVideoNodes(sys = '/sys/class/video4linux', dev = '/dev/v4l'): Promise<VideoNode[]> {
  const names = (await entries(sys)).filter((name) => /^video\d+$/.test(name));
  names.sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
  const [byId, byPath] = await Promise.all([links(join(dev, 'by-id')), links(join(dev, 'by-path'))]);
  return Promise.all(
    names.map(async (node) => {
      const [name, index] = await Promise.all([text(join(sys, node, 'name')), text(join(sys, node, 'index'))]);
      return {
        node,
        name: name || node,
        index: Number(index) || 0,
        byId: byId.get(node) ?? null,
        byPath: byPath.get(node) ?? null,
      };
    }),
  );
}

/** Links of a folder by the node that each leads to. */
async function links(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of (await entries(folder)).sort()) {
    const path = join(folder, name);
    const target = await realpath(path).catch(() => null); // unplugged between listing and looking
    if (target !== null) found.set(basename(target), path);
  }
  return found;
}

const entries = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
const text = (path: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (content) => content.trim(),
    () => '',
  );
