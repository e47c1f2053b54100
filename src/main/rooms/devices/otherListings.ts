import type { Device } from '../../../shared/domain/devices.ts';

/** What ffmpeg writes before a message: `[dshow @ 000001f7f8c5d0c0] `, since release 7 `[in#0 @ …] `. */
const prefix = /^\[[^\]@]+ @ (?:0x)?[0-9a-fA-F]+\] /;

function messages(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => prefix.test(line))
    .map((line) => line.replace(prefix, '').trimEnd());
}

interface Found {
  readonly name: string;
  readonly kinds: Set<Device['kind']>;
  alternative: string | null;
}

/**
 * Cameras and microphones in what `ffmpeg -list_devices true -f dshow -i dummy` writes on standard error: since release
 * 5 one list, `"Name" (video)`, `(audio)`, `(audio, video)` or `(none)`; before, two lists under headings, in which a
 * device with two heads stands twice. The address is the alternative name where there is one: it is unique, and free
 * of the colons that DirectShow names may hold and ffmpeg takes for a separator.
 */
export function parseDshow(text: string): Device[] {
  const found: Found[] = [];
  let section: Device['kind'] | null = null;
  let last: Found | null = null;
  for (const line of messages(text)) {
    if (/^DirectShow video devices/.test(line)) section = 'camera';
    else if (/^DirectShow audio devices/.test(line)) section = 'microphone';
    const [, alternative] = /^\s*Alternative name "(.+)"$/.exec(line) ?? [];
    if (alternative !== undefined && last !== null) last.alternative = alternative;
    const [, name, media] = /^\s*"(.+)"(?: \(([a-z, ]+)\))?$/.exec(line) ?? [];
    if (name === undefined) continue;
    const kinds = media === undefined ? (section === null ? [] : [section]) : kindsOf(media);
    last = { name, kinds: new Set(kinds), alternative: null };
    found.push(last);
  }
  return found.flatMap(({ name, kinds, alternative }) =>
    [...kinds].map((kind): Device => ({ ...device('dshow', kind), address: alternative ?? name, label: name })),
  );
}

function kindsOf(media: string): Device['kind'][] {
  const words = media.split(', ');
  const kinds: Device['kind'][] = [];
  if (words.includes('video')) kinds.push('camera');
  if (words.includes('audio')) kinds.push('microphone');
  return kinds;
}

/**
 * Cameras and microphones in what `ffmpeg -f avfoundation -list_devices true -i ""` writes on standard error. Screens
 * are no cameras. The address is the name, because indices change; the index where ffmpeg would misread the name: it
 * takes the first device whose name *begins* with the given one, digits for an index, and a colon for the separator.
 */
export function parseAvfoundation(text: string): Device[] {
  const rows: { kind: Device['kind']; index: string; name: string }[] = [];
  let kind: Device['kind'] | null = null;
  for (const line of messages(text)) {
    if (/^AVFoundation video devices:/.test(line)) kind = 'camera';
    else if (/^AVFoundation audio devices:/.test(line)) kind = 'microphone';
    const [, index, name] = /^\[(\d+)\] (.+)$/.exec(line) ?? [];
    if (kind !== null && index !== undefined && name !== undefined) rows.push({ kind, index, name });
  }
  return rows
    .filter((row) => !(row.kind === 'camera' && /^Capture screen \d+$/.test(row.name)))
    .map((row) => {
      const first = rows.find((other) => other.kind === row.kind && other.name.startsWith(row.name));
      const misread = first !== row || /^\d|:|^(?:none|default)$/.test(row.name) || twice(rows, row);
      return { ...device('avfoundation', row.kind), address: misread ? row.index : row.name, label: row.name };
    });
}

function twice(rows: readonly { kind: string; name: string }[], row: { kind: string; name: string }): boolean {
  return rows.filter(({ kind, name }) => kind === row.kind && name === row.name).length > 1;
}

function device(backend: Device['backend'], kind: Device['kind']): Omit<Device, 'address' | 'label'> {
  return { kind, backend, simulated: false };
}
