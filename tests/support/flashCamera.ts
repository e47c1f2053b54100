import { execFileSync } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { RtspSession } from './rtspSession.ts';

const FPS = 25;
const RATE = 90_000;
const PAYLOAD = 1200;
const TYPE = 96;
/** Seconds between NTP's epoch and Unix's. */
const NTP_EPOCH = 2_208_988_800;

export interface FlashCameraOptions {
  /** How wrong the camera's crystal is: +100 = its second is 100 µs too short. */
  readonly ppm: number;
  /** A flash begins with every so many-th second of the camera's own. */
  readonly everySeconds: number;
  /** Frames whose order of sending is not that of showing. */
  readonly bFrames?: boolean;
}

/** A network camera on loopback that shows darkness and a flash now and then; it costs next to no processor time. */
export interface FlashCamera {
  readonly address: string;
  /** True monotonic nanoseconds at which each flash so far began. */
  readonly flashes: readonly bigint[];
  readonly frames: () => number;
  stop(): Promise<void>;
}

/** One access unit: its place in the order of showing within its group, and its RTP payloads. */
interface Picture {
  readonly shown: number;
  readonly payloads: readonly Buffer[];
}

/**
 * Serves groups of pictures that were encoded beforehand, each frame at its time by a clock of its own that is `ppm` wrong:
 * stamps of the camera's count, sent at the true moments. Its sender reports tell a time that is an hour off.
 */
export async function startFlashCamera({
  ppm,
  everySeconds,
  bFrames = false,
}: FlashCameraOptions): Promise<FlashCamera> {
  const { groups, sdp } = encodeGroups(bFrames);
  const sessions = new Set<RtspSession>();
  const server = createServer((socket: Socket) => {
    const session = new RtspSession(socket, sdp, null, () => undefined);
    sessions.add(session);
    socket.on('close', () => sessions.delete(session));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');

  const flashes: bigint[] = [];
  const startNs = process.hrtime.bigint();
  // Any beginning will do, best one whose count wraps round soon.
  const firstStamp = 2 ** 32 - RATE * 60;
  const trueNs = (frame: number): bigint => startNs + BigInt(Math.round(((frame / FPS) * 1e9) / (1 + ppm / 1e6)));
  // A frame that is shown after others which are sent after it can only be sent once it was seen.
  const reorder = Math.max(...groups.flatMap((group) => group.map(({ shown }, i) => shown - i)));
  let frame = 0;
  let sequence = 1;
  const send = (): void => {
    for (const now = process.hrtime.bigint(); trueNs(frame + reorder) <= now; frame++) {
      const second = Math.floor(frame / FPS);
      const flash = second % everySeconds === 0;
      const group = groups[flash ? 2 : second % 2] ?? [];
      const picture = group[frame % FPS];
      if (picture === undefined) throw new Error('no picture');
      if (flash && frame % FPS === 0) flashes.push(trueNs(frame));
      const stamp = (firstStamp + (second * FPS + picture.shown) * (RATE / FPS)) % 2 ** 32;
      picture.payloads.forEach((payload, i) => {
        const last = i === picture.payloads.length - 1;
        const packet = Buffer.concat([Buffer.alloc(12), payload]);
        packet[0] = 0x80;
        packet[1] = TYPE | (last ? 0x80 : 0);
        packet.writeUInt16BE(sequence & 0xffff, 2);
        packet.writeUInt32BE(stamp, 4);
        packet.writeUInt32BE(0x0b1e_7e7e, 8);
        sequence += 1;
        for (const session of sessions) session.send(0, packet);
      });
      if (frame % (5 * FPS) === 0) for (const session of sessions) session.send(1, senderReport(stamp));
    }
    timer = setTimeout(send, Math.max(0, Number(trueNs(frame + reorder) - process.hrtime.bigint()) / 1e6));
  };
  let timer = setTimeout(send, 0);
  return {
    address: `rtsp://127.0.0.1:${bound.port}/cam/main`,
    flashes,
    frames: () => frame,
    stop: async () => {
      clearTimeout(timer);
      for (const session of sessions) session.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Two dark groups, so that two key frames in a row differ in their number, and one that begins with a fifth of a second of white. */
function encodeGroups(bFrames: boolean): { groups: Picture[][]; sdp: string } {
  const white = "drawbox=c=white:t=fill:enable='between(n,50,54)'";
  const order = bFrames
    ? ['-bf', '2', '-b_strategy', '0', '-x264-params', 'open-gop=0:scenecut=0']
    : ['-tune', 'zerolatency', '-bf', '0', '-sc_threshold', '0'];
  const stream = execFileSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', `color=c=0x202830:s=640x360:r=${FPS},noise=alls=6,${white}`],
      ...['-frames:v', String(3 * FPS), '-c:v', 'libx264', '-preset', 'veryfast', ...order, '-pix_fmt', 'yuv420p'],
      ...['-g', String(FPS), '-keyint_min', String(FPS), '-threads', '1', '-bsf:v', 'h264_metadata=aud=insert'],
      ...['-f', 'h264', '-'],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const units = accessUnits(stream);
  if (units.length !== 3 * FPS) throw new Error(`${units.length} pictures`);
  const groups = [0, 1, 2].map((g) => {
    const group = units.slice(g * FPS, (g + 1) * FPS);
    const order = bFrames ? showingOrder(group) : group.map((_, i) => i);
    return group.map((unit, i) => ({ shown: order[i] ?? i, payloads: unit.flatMap(payloadsOf) }));
  });
  const find = (type: number): string =>
    (units[0]?.find((nal) => ((nal[0] ?? 0) & 31) === type) ?? Buffer.alloc(0)).toString('base64');
  const sdp = [
    ...['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=flash', 'c=IN IP4 0.0.0.0', 't=0 0', `m=video 0 RTP/AVP ${TYPE}`],
    ...[
      `a=rtpmap:${TYPE} H264/${RATE}`,
      `a=fmtp:${TYPE} packetization-mode=1; sprop-parameter-sets=${find(7)},${find(8)}`,
    ],
    ...['a=control:trackID=0', ''],
  ].join('\r\n');
  return { groups, sdp };
}

/** Splits an Annex B stream at its access unit delimiters; the delimiters themselves are not kept. */
function accessUnits(stream: Buffer): Buffer[][] {
  const units: Buffer[][] = [];
  let at = stream.indexOf('\x00\x00\x01', 0, 'latin1');
  while (at >= 0) {
    const next = stream.indexOf('\x00\x00\x01', at + 3, 'latin1');
    let end = next < 0 ? stream.length : next;
    if (next >= 0) while (end > at + 3 && stream[end - 1] === 0) end -= 1;
    const nal = stream.subarray(at + 3, end);
    if (((nal[0] ?? 0) & 31) === 9) units.push([]);
    else units.at(-1)?.push(nal);
    at = next;
  }
  return units;
}

/** A group's frames come as I P B B P B B …: with two B-frames each P is shown after the two that follow it. */
function showingOrder(group: readonly Buffer[][]): number[] {
  const reference = group.map((unit) =>
    unit.some((nal) => [1, 5].includes((nal[0] ?? 0) & 31) && ((nal[0] ?? 0) & 0x60) !== 0),
  );
  const order: number[] = [];
  for (let i = 0, next = 0; i < group.length; ) {
    let followers = 0;
    while (i + followers + 1 < group.length && reference[i + followers + 1] === false) followers += 1;
    order[i] = next + followers;
    for (let f = 1; f <= followers; f++) order[i + f] = next + f - 1;
    next += followers + 1;
    i += followers + 1;
  }
  return order;
}

/** A NAL unit as RTP payloads (RFC 6184 §5.6, §5.8). */
function payloadsOf(nal: Buffer): Buffer[] {
  if (nal.length <= PAYLOAD) return [nal];
  const head = nal[0] ?? 0;
  const pieces: Buffer[] = [];
  for (let at = 1; at < nal.length; at += PAYLOAD) {
    const end = Math.min(at + PAYLOAD, nal.length);
    const flags = (at === 1 ? 0x80 : 0) | (end === nal.length ? 0x40 : 0);
    pieces.push(Buffer.concat([Buffer.from([(head & 0xe0) | 28, flags | (head & 31)]), nal.subarray(at, end)]));
  }
  return pieces;
}

function senderReport(stamp: number): Buffer {
  const report = Buffer.alloc(28);
  report.writeUInt32BE(0x80c8_0006, 0);
  report.writeUInt32BE(0x0b1e_7e7e, 4);
  report.writeUInt32BE(Math.floor(Date.now() / 1000) + NTP_EPOCH - 3600, 8);
  report.writeUInt32BE(stamp, 16);
  return report;
}
