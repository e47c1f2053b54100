import { stat } from 'node:fs/promises';

/** Whether two or more folders lie on one file system; folders that cannot be looked at are left out. */
export async function onOneDisk(paths: readonly string[]): Promise<boolean> {
  const looked = await Promise.allSettled(paths.map((path) => stat(path)));
  const devices = looked.flatMap((one) => (one.status === 'fulfilled' ? [one.value.dev] : []));
  return devices.length > 1 && new Set(devices).size === 1;
}
