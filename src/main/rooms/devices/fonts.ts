import { existsSync } from 'node:fs';

const candidates: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf',
    '/usr/share/fonts/dejavu-sans-mono-fonts/DejaVuSansMono.ttf',
    '/usr/share/fonts/TTF/DejaVuSansMono.ttf',
    '/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf',
    '/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf',
    '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  ],
  win32: ['C:/Windows/Fonts/consola.ttf', 'C:/Windows/Fonts/cour.ttf', 'C:/Windows/Fonts/arial.ttf'],
  darwin: ['/System/Library/Fonts/Menlo.ttc', '/System/Library/Fonts/Monaco.ttf', '/Library/Fonts/Arial.ttf'],
};

/**
 * A font with even figures for the clock in a simulated picture: the first that this system has, or null, in which
 * case the picture carries its word and clock in drawn letters (`pixelLetters.ts`).
 */
export function findClockFont(
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = existsSync,
): string | null {
  return (candidates[platform] ?? []).find(exists) ?? null;
}
