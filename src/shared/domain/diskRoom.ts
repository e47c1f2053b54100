/** What is known of a target's disk. `device` and `freeBytes` are null where the system does not say. */
export interface DiskFacts {
  readonly device: string | null;
  readonly freeBytes: number | null;
}

type OnDisk = Pick<DiskFacts, 'device'>;

/** How many of the targets lie on the disk of `target`, itself included; one of which the system says nothing is alone. */
export function sharing(target: OnDisk, targets: readonly OnDisk[]): number {
  return target.device === null ? 1 : targets.filter(({ device }) => device === target.device).length;
}

/** True when two or more targets lie on one disk, as far as the system tells: one failure could take both. */
export function onOneDisk(targets: readonly OnDisk[]): boolean {
  return targets.some((target) => sharing(target, targets) > 1);
}

/** On how many disks the targets lie, as far as is known; one of which the system says nothing counts for itself. */
export function disksOf(targets: readonly OnDisk[]): number {
  const known = new Set(targets.flatMap(({ device }) => (device === null ? [] : [device])));
  return known.size + targets.filter(({ device }) => device === null).length;
}

/**
 * How long both copies still fit, ms: until the first disk is full at `bytesPerSecond` for each target. Targets on one
 * disk share its room. Null where nothing is known of any disk, or nothing is written.
 */
export function remainingMs(targets: readonly DiskFacts[], bytesPerSecond: number): number | null {
  if (bytesPerSecond <= 0) return null;
  const times = targets.flatMap((target) => {
    if (target.freeBytes === null) return [];
    return [Math.floor((target.freeBytes / (bytesPerSecond * sharing(target, targets))) * 1000)];
  });
  return times.length === 0 ? null : Math.min(...times);
}

/** The lowest mark that is reached, in minutes; null when there is room. */
export function lowMark(ms: number | null): 60 | 15 | null {
  if (ms === null) return null;
  return ms < 15 * 60_000 ? 15 : ms < 60 * 60_000 ? 60 : null;
}
