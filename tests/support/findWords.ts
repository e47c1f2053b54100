import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every way in which such a text might stand in a file. */
export function ways(text: string): Buffer[] {
  return [text, text.toLowerCase(), text.toUpperCase(), text.normalize('NFD')].flatMap((one) => [
    Buffer.from(one, 'utf8'),
    Buffer.from(one, 'utf16le'),
    Buffer.from(
      JSON.stringify(one)
        .slice(1, -1)
        .replaceAll(/[^\0-\x7f]/g, escaped),
    ),
  ]);
}
const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Every file under a folder. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** Where one of the words stands in a file of the folder, in whatever way: `word in path`. */
export function found(
  folder: string,
  words: readonly string[],
  which: (path: string) => boolean = () => true,
): string[] {
  const wanted = words.map((word) => ({ word, as: ways(word) }));
  return filesUnder(folder)
    .filter(which)
    .flatMap((path) => {
      const bytes = readFileSync(path);
      return wanted.flatMap(({ word, as }) => (as.some((way) => bytes.includes(way)) ? [`${word} in ${path}`] : []));
    });
}
