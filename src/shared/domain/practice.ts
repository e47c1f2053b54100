/**
 * Practice: a station of its own kind, on simulated devices alone, whose recordings are never evidence. What tells it is its
 * id, which stands at the beginning of every exhibit number and thereby in every record, folder, label and log entry; a
 * station can neither take this id nor lose it after its first run.
 */
export const PRACTICE_STATION = 'practice';

/** What every picture of a practice recording carries, in the three languages. */
export const PRACTICE_IN_PICTURE = 'ЖАТТЫҒУ · УЧЕБНАЯ ЗАПИСЬ · PRACTICE';

/** What stands in every media file of a practice recording, for whoever looks at the file alone. */
export const PRACTICE_IN_FILE = 'PRACTICE. NOT EVIDENCE.';

/** Whether an exhibit number (`practice-2026-000001`) is of a practice station. */
export function isPracticeExhibit(exhibit: string): boolean {
  return exhibit.startsWith(`${PRACTICE_STATION}-`);
}

const ADDRESS = 'practice-';

/** Whether a simulated device is one of a practice room, by its address (`practice-room`). */
export function isPracticeDevice({ backend, address }: { backend: string; address: string }): boolean {
  return backend === 'simulated' && address.startsWith(ADDRESS);
}

/** The practice device that stands for a simulation (`room` becomes `practice-room`), and back. */
export const practiceAddress = (simulation: string): string => `${ADDRESS}${simulation}`;
export const simulationOf = (address: string): string =>
  address.startsWith(ADDRESS) ? address.slice(ADDRESS.length) : address;
