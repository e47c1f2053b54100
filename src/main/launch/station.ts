import { z } from 'zod';
import type { RunFile } from './runFile.ts';

const PATIENCE_MS = 5_000;
const CodeAnswer = z.object({ code: z.string().min(16).max(200) });

/** A station that answers on this machine. */
export interface RunningStation extends RunFile {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
}

export function stationAt(run: RunFile): RunningStation {
  return { ...run, origin: `http://127.0.0.1:${run.port}` };
}

/** True if the station answers `GET /health` with 200 in time. */
export async function isHealthy(station: RunningStation, withinMs = PATIENCE_MS): Promise<boolean> {
  try {
    const answer = await fetch(`${station.origin}/health`, {
      signal: AbortSignal.timeout(withinMs),
      redirect: 'error',
    });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** A code with which one window of this machine may enter, within 30 seconds, once. Throws when the station refuses. */
export async function requestCode(station: RunningStation): Promise<string> {
  return CodeAnswer.parse(await ask(station, '/shell/code')).code;
}

/**
 * Tells the station that the last window has closed. It ends itself only if nothing is being recorded, sealed or shown
 * elsewhere; a station that is gone already is as well.
 */
export async function lastWindowClosed(station: RunningStation): Promise<void> {
  try {
    await ask(station, '/shell/closing');
  } catch {
    // It has ended, or will be found by the next start. There is nobody left to tell.
  }
}

async function ask(station: RunningStation, path: string): Promise<unknown> {
  const answer = await fetch(`${station.origin}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${station.secret}` },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the station answered ${path} with ${answer.status}`);
  return text === '' ? null : JSON.parse(text);
}
