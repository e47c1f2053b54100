/**
 * What the programs that keep a machine's time say of it. Each reader takes a program's output as text. Milliseconds are
 * `reference − station`: above 0 where this machine is behind. `null` = not synchronised, or not understood.
 */

/**
 * `chronyc tracking` (LC_ALL=C): `System time     : 0.000012 seconds slow of NTP time`, `Leap status     : Normal`.
 */
export function chronyOffset(text: string): number | null {
  const leap = /^Leap status\s*:\s*(.+)$/m.exec(text)?.[1]?.trim();
  if (leap === undefined || /^not synchronised/i.test(leap)) return null;
  const [, seconds, side] = /^System time\s*:\s*(\d+(?:\.\d+)?) seconds (slow|fast) of NTP time/m.exec(text) ?? [];
  if (seconds === undefined) return null;
  return (side === 'slow' ? 1 : -1) * Number(seconds) * 1000;
}

/** `ntpq -c "rv 0 leap,stratum,offset"`: `leap=00, stratum=3, offset=-0.123` in milliseconds; leap 3 and stratum 16 mean none. */
export function ntpqOffset(text: string): number | null {
  const field = (name: string): string | undefined => new RegExp(`\\b${name}=([^,\\s]+)`).exec(text)?.[1];
  const [leap, stratum, offset] = [field('leap'), field('stratum'), field('offset')];
  if (offset === undefined || leap === undefined || /^(?:11|3|leap_alarm)$/.test(leap) || stratum === '16') return null;
  const ms = Number(offset);
  return Number.isFinite(ms) ? ms : null;
}

const MS = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;

/** `timedatectl timesync-status`: `Offset: +1min 2.345s`, `-3.2ms`; no line of it before the first answer of a server. */
export function timesyncOffset(text: string): number | null {
  const [, sign, spans] = /^\s*Offset:\s*([+-]?)((?:\d+(?:\.\d+)?(?:us|ms|min|s|h)\s*)+)$/m.exec(text) ?? [];
  if (spans === undefined || /^\s*Packet count:\s*0\s*$/m.test(text)) return null;
  let ms = 0;
  for (const [, number, unit] of spans.matchAll(/(\d+(?:\.\d+)?)(us|ms|min|s|h)/g)) {
    if (unit === 'us' || unit === 'ms' || unit === 's' || unit === 'min' || unit === 'h')
      ms += Number(number) * MS[unit];
  }
  return sign === '-' ? -ms : ms;
}

/** `timedatectl show -p NTPSynchronized`: the kernel's own word that somebody keeps the clock, whoever it is. */
export function isSynchronised(text: string): boolean {
  return /^NTPSynchronized=yes\s*$/m.test(text);
}

/**
 * `w32tm /query /status /verbose`. Its words are in the language of Windows, so values are told by their order and form:
 * the leap indicator comes first, and of the values in seconds (root delay, root dispersion, phase offset, …) the third
 * is meant. Made after Microsoft's description, not tried on Windows.
 */
export function w32tmOffset(text: string): number | null {
  const values = text
    .split(/\r?\n/)
    .map((line) => line.slice(line.indexOf(':') + 1).trim())
    .filter((value) => value !== '');
  const leap = /^(\d)\b/.exec(values[0] ?? '')?.[1];
  if (leap === undefined || leap === '3') return null;
  const seconds = values.flatMap((value) => /^([+-]?\d+[.,]\d+)s$/.exec(value)?.[1] ?? []);
  const phase = seconds[2];
  return phase === undefined ? null : Number(phase.replace(',', '.')) * 1000;
}
