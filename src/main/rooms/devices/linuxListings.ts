import type { Device } from '../../../shared/domain/devices.ts';

/** One row of `ffmpeg -sources <backend>`: `* name [description] (video)`. */
interface SourceRow {
  readonly name: string;
  readonly description: string;
}

function sourceRows(text: string): SourceRow[] {
  const rows: SourceRow[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, description] = /^[ *] (\S+) \[(.*)\](?: \([a-z, ]*\))?\s*$/.exec(line) ?? [];
    if (name !== undefined) rows.push({ name, description: description?.trim() || name });
  }
  return rows;
}

/** Cameras in `ffmpeg -sources v4l2`, for systems without `/sys`: it cannot tell a camera from its metadata node. */
export function parseV4l2Sources(text: string): Device[] {
  return sourceRows(text)
    .filter(({ name }) => name.startsWith('/dev/'))
    .map(({ name, description }) => device('camera', 'v4l2', name, description));
}

/**
 * Microphones of PulseAudio or PipeWire: `ffmpeg -sources pulse`, completed by `pactl list short sources` (which has no
 * descriptions). A sink's monitor, which hears what the machine plays and not the room, is marked and comes last.
 */
export function parsePulseSources(ffmpegText: string, pactlText = ''): Device[] {
  const labels = new Map(sourceRows(ffmpegText).map(({ name, description }) => [name, description]));
  for (const line of pactlText.split(/\r?\n/)) {
    const [, name] = /^\d+\t(\S+)\t/.exec(line) ?? [];
    if (name !== undefined && !labels.has(name)) labels.set(name, name);
  }
  const devices = [...labels].map(([name, label]): Device => {
    const monitor = name.endsWith('.monitor') || /^Monitor of /.test(label);
    return { ...device('microphone', 'pulse', name, label), ...(monitor ? { monitor: true } : {}) };
  });
  return [...devices.filter(({ monitor }) => !monitor), ...devices.filter(({ monitor }) => monitor)];
}

/**
 * Microphones in `arecord -l`: `card 1: U20 [USB Audio], device 0: …`. Addressed by the card's name, since numbers change
 * with the order of plugging in, and through `plughw`, which converts to 48 kHz mono what the hardware cannot.
 */
export function parseArecord(text: string): Device[] {
  const devices: Device[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^card \d+: (\S+) \[(.*?)\], device (\d+): (.*?)(?: \[(.*)\])?\s*$/.exec(line);
    const [, card, cardName, number, id, name] = match ?? [];
    if (card === undefined || number === undefined) continue;
    const words = [cardName, name || id].filter((word) => word !== undefined && word !== '');
    devices.push(device('microphone', 'alsa', `plughw:CARD=${card},DEV=${number}`, words.join(', ') || card));
  }
  return devices;
}

/** Microphones in `ffmpeg -sources alsa`, for machines without `arecord`: of its many names only the hardware's. */
export function parseAlsaSources(text: string): Device[] {
  return sourceRows(text)
    .filter(({ name }) => name.startsWith('plughw:'))
    .map(({ name, description }) =>
      device('microphone', 'alsa', name, description.replace(/ Hardware device with all software conversions$/, '')),
    );
}

/** A node of `/sys/class/video4linux`, as read from there and from the links under `/dev/v4l`. */
export interface VideoNode {
  /** `video0` */
  readonly node: string;
  readonly name: string;
  /** 0 for the node that gives pictures; others of the same camera give metadata. */
  readonly index: number;
  readonly byId: string | null;
  readonly byPath: string | null;
}

/**
 * Cameras among the kernel's video nodes. Numbers change with the order of plugging in, so a camera is addressed by its
 * serial number's link; of two alike, which may share one, by the socket that each is plugged into.
 */
export function camerasOfNodes(nodes: readonly VideoNode[]): Device[] {
  const cameras = nodes.filter(({ index }) => index === 0);
  return cameras.map(({ node, name, byId, byPath }) => {
    const alike = cameras.filter((other) => other.name === name).length > 1;
    const address = (alike ? byPath : (byId ?? byPath)) ?? `/dev/${node}`;
    return device('camera', 'v4l2', address, alike ? `${plain(name)} (${node})` : plain(name));
  });
}

/** The kernel writes many names twice: `HD Webcam: HD Webcam`. */
function plain(name: string): string {
  const [, first, second] = /^(.+?): (.+)$/.exec(name) ?? [];
  return first !== undefined && second !== undefined && first.startsWith(second) ? first : name;
}

function device(kind: Device['kind'], backend: Device['backend'], address: string, label: string): Device {
  return { kind, backend, address, label: label.slice(0, 256), simulated: false };
}
