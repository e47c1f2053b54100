import type { Device, DeviceBackend } from '../../../shared/domain/devices.ts';
import { type Listing, type RunListing, runListing } from '../ffmpeg/index.ts';
import {
  camerasOfNodes,
  parseAlsaSources,
  parseArecord,
  parsePulseSources,
  parseV4l2Sources,
  type VideoNode,
} from './linuxListings.ts';
import { parseAvfoundation, parseDshow } from './otherListings.ts';
import { simulatedDevices } from './simulatedDevices.ts';
import { readVideoNodes } from './videoNodes.ts';

export interface DiscoverOptions {
  /** Path of ffmpeg (`checkFfmpeg`). */
  readonly ffmpeg: string;
  readonly platform?: NodeJS.Platform;
  readonly run?: RunListing;
  readonly videoNodes?: () => Promise<VideoNode[]>;
}

export interface Discovery {
  /** Real devices first, then the simulated ones, which are always offered. Network cameras are added by hand. */
  readonly devices: Device[];
  /** Listings that could not be had, for the technician: no PulseAudio server, no permission, no program. */
  readonly unavailable: readonly { readonly backend: DeviceBackend; readonly reason: string }[];
}

/** Looks for the machine's cameras and microphones. Opens none of them. Takes a second or two. */
export async function discoverDevices(options: DiscoverOptions): Promise<Discovery> {
  const { ffmpeg, platform = process.platform, run = runListing, videoNodes = readVideoNodes } = options;
  const unavailable: { backend: DeviceBackend; reason: string }[] = [];
  const note = (backend: DeviceBackend, reason: string | undefined): void => {
    unavailable.push({ backend, reason: reason?.trim() || 'no answer' });
  };
  const real = await (platform === 'win32'
    ? listed('dshow', ['-list_devices', 'true', '-f', 'dshow', '-i', 'dummy'], parseDshow)
    : platform === 'darwin'
      ? listed('avfoundation', ['-f', 'avfoundation', '-list_devices', 'true', '-i', ''], parseAvfoundation)
      : linux());
  return { devices: [...real, ...simulatedDevices], unavailable };

  async function listed(backend: DeviceBackend, args: string[], parse: (text: string) => Device[]): Promise<Device[]> {
    const listing = await run(ffmpeg, ['-hide_banner', ...args]);
    const devices = parse(listing.stderr);
    // Listing always ends with an error, since the input is a dummy; without any device its last line says why.
    if (devices.length === 0) note(backend, lastLine(listing));
    return devices;
  }

  async function linux(): Promise<Device[]> {
    const sources = (backend: string): Promise<Listing> => run(ffmpeg, ['-hide_banner', '-sources', backend]);
    const [nodes, pulse, pactl] = await Promise.all([
      videoNodes(),
      sources('pulse'),
      run('pactl', ['list', 'short', 'sources']),
    ]);
    const cameras = nodes.length > 0 ? camerasOfNodes(nodes) : parseV4l2Sources((await sources('v4l2')).stdout);
    if (cameras.length === 0) note('v4l2', 'no camera');
    // pactl may be absent: ffmpeg's own listing is enough then.
    const microphones = parsePulseSources(pulse.stdout, pactl.code === 0 ? pactl.stdout : '');
    if (microphones.length > 0) return [...cameras, ...microphones];
    note('pulse', /cannot list sources.*/i.exec(pulse.stdout + pulse.stderr)?.[0] ?? lastLine(pulse));
    // Where a sound server runs it holds the cards; ALSA is for machines without one.
    const arecord = await run('arecord', ['-l']);
    const cards = arecord.missing ? parseAlsaSources((await sources('alsa')).stdout) : parseArecord(arecord.stdout);
    if (cards.length === 0) note('alsa', arecord.missing ? 'arecord is not installed' : lastLine(arecord));
    return [...cameras, ...cards];
  }
}

function lastLine({ stdout, stderr }: Listing): string | undefined {
  return `${stdout}\n${stderr}`.trim().split(/\r?\n/).at(-1);
}
