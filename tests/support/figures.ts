import { appendFileSync } from 'node:fs';

/** True in `npm run test:faults`: the long versions, with their tables. */
export const full = process.env['BIRRET_FAULTS'] === 'full';

/** The middle of some figures; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half)
    ? ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2
    : (sorted[Math.floor(half)] ?? Number.NaN);
}

export const largest = (values: readonly number[]): number =>
  values.reduce((most, one) => Math.max(most, one), -Infinity);

/** A source of chance that can be repeated (mulberry32): its seed is printed with the table that came of it. */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `BIRRET_SEED`, or another one each time. */
export const seedOfRun = (): number => Number(process.env['BIRRET_SEED'] ?? Date.now() % 1_000_000);

/** Lines of a table as Markdown, its columns aligned. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const text = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [text(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...all.slice(1).map(text)].join(
    '\n',
  );
}

/** Prints a table, and keeps it for the end of `npm run test:faults` (`BIRRET_TABLES` names the file). */
export function tell(title: string, lines: string): void {
  const text = `\n${title}\n\n${lines}\n`;
  process.stdout.write(text);
  const file = process.env['BIRRET_TABLES'];
  if (file !== undefined && file !== '') appendFileSync(file, text);
}
