// One build at a time in a checkout.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plain } from './say.mjs';

const PATIENCE_MS = 5 * 60 * 1000;

/** Runs `work` while no other process runs it under the same lock folder; a lock whose owner has died is taken over. */
export async function alone(folder, work) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!take(folder)) {
    if (Date.now() > deadline)
      throw new Plain(`Another build has been going on for minutes. If none is, delete ${folder}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAlive(ownerOf(folder))) return false;
    rmSync(folder, { recursive: true, force: true });
    return take(folder);
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function ownerOf(folder) {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8'));
  } catch {
    return Number.NaN;
  }
}

/** An owner that has not yet written its number counts as alive: it is writing it now. */
function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
