import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

export interface FindOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The app's resources folder, where a packaged station may carry its own ffmpeg. */
  readonly resources?: string | undefined;
  readonly platform?: NodeJS.Platform;
  readonly executable?: (path: string) => boolean;
}

/**
 * Where ffmpeg is: `FFMPEG_PATH`, then the app's resources, then the PATH. A set `FFMPEG_PATH` is final: what a person
 * chose is not replaced in silence by another. Null when there is none.
 */
export function findFfmpeg({
  env,
  resources,
  platform = process.platform,
  executable = isExecutable,
}: FindOptions): string | null {
  const chosen = env['FFMPEG_PATH'];
  if (chosen !== undefined && chosen !== '') return executable(chosen) ? chosen : null;
  const name = platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(platform === 'win32' ? ';' : delimiter);
  const places = [...(resources === undefined ? [] : [join(resources, 'ffmpeg'), resources]), ...folders];
  // A relative entry of the PATH would let the folder in which somebody started us choose the program.
  const trusted = places.filter((folder) => isAbsolute(folder) || /^[A-Za-z]:[\\/]/.test(folder));
  return trusted.map((folder) => join(folder, name)).find(executable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
