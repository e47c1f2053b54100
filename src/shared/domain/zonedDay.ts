/** The calendar date of an instant in a zone (IANA name), as `2026-11-21`. @throws RangeError for a zone that is none */
export function dateIn(zone: string, atMs: number): string {
  return writerOf(zone).format(atMs);
}

const HOUR_MS = 3600_000;
/** Days have been 22 to 26 hours long; more than this they are apart. */
const LONGEST_MS = 30 * HOUR_MS;

/** From when until when the day of an instant lasts in a zone, in ms since 1970: days of 23 and 25 hours too. */
export function dayAround(atMs: number, zone: string): { readonly from: number; readonly until: number } {
  const date = dateIn(zone, atMs);
  return {
    from: firstOf((ms) => dateIn(zone, ms) >= date, atMs - LONGEST_MS, atMs),
    until: firstOf((ms) => dateIn(zone, ms) > date, atMs, atMs + LONGEST_MS),
  };
}

/** The first whole millisecond after `no` at which `holds`, which it does at `yes`. */
function firstOf(holds: (ms: number) => boolean, no: number, yes: number): number {
  let [before, after] = [Math.floor(no), Math.ceil(yes)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}

const writers = new Map<string, Intl.DateTimeFormat>();
function writerOf(zone: string): Intl.DateTimeFormat {
  const known = writers.get(zone);
  if (known !== undefined) return known;
  // Swedish writes dates as ISO 8601 does, so that they compare as text.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  writers.set(zone, made);
  return made;
}
