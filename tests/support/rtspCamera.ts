import { spawn, spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { findClockFont } from '../../src/main/rooms/devices/fonts.ts';
import { preferProcess } from './prefer.ts';
import { until } from './until.ts';

export interface PictureOptions {
  /** Colour of the picture's ground, so that two cameras can be told apart. */
  readonly colour?: string;
  /** Seconds between key frames. */
  readonly keyFrameSeconds?: number;
  /** A picture that is never still, as through a lens: some megabits a second instead of some tens of kilobits. */
  readonly noisy?: boolean;
  /** A camera has a processor of its own: it is given this machine's before everything else, where that is allowed. */
  readonly elsewhere?: boolean;
  /** A file of `encodedAhead`, which is sent as it is: the camera then costs this machine next to nothing. */
  readonly file?: string;
}

/** RTP that an ffmpeg makes, in real time, for as long as it is not stopped. */
export interface CameraStream {
  /** Session description with the parameter sets. */
  readonly sdp: string;
  /** Number of the newest frame that was sent whole; −1 before the first. The picture carries the same number. */
  newestFrame(): number;
  /** Packets that were lost on the way to here, on a machine that is too busy: nobody could record them. */
  lostPackets(): number;
  stop(): Promise<void>;
}

/** Bits of the frame number in the picture: squares of 32 pixels along its upper edge, white for 1, least first. */
const NUMBER_BITS = 20;
const SQUARE = 32;

/** Starts the stream; `deliver` gets RTP packets with channel 0 and RTCP packets with channel 1. */
export async function startCameraStream(
  { colour = '#6c8f9c', keyFrameSeconds = 1, noisy = false, elsewhere = false, file }: PictureOptions,
  deliver: (channel: 0 | 1, packet: Buffer) => void,
): Promise<CameraStream> {
  let packets = 0;
  const sockets = await Promise.all([0, 1].map(bindLoopback));
  const [rtp, rtcp] = sockets;
  if (rtp === undefined || rtcp === undefined) throw new Error('no sockets');
  const frames = new FrameCount();
  rtp.on('message', (packet) => {
    packets += 1;
    deliver(0, packet);
    frames.take(packet);
  });
  rtcp.on('message', (packet) => deliver(1, packet));
  const target = `rtp://127.0.0.1:${rtp.address().port}?rtcpport=${rtcp.address().port}&pkt_size=1200`;
  // Parameter sets in the session description and again before every key frame, as cameras send them.
  const made =
    file === undefined
      ? ['-f', 'lavfi', '-i', picture(colour, noisy), ...encoder(keyFrameSeconds), '-bsf:v', 'dump_extra=freq=keyframe']
      : ['-i', file, '-map', '0:v', '-c', 'copy', '-bsf:v', 'h264_mp4toannexb'];
  const child = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-nostats', '-loglevel', 'error', '-re', ...made],
      ...['-flags', '+global_header', '-f', 'rtp', target],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: elsewhere },
  );
  if (elsewhere) preferProcess(child.pid ?? 0);
  const ended = once(child, 'close');
  let sdp = '';
  let complaint = '';
  child.stdout.on('data', (text) => {
    sdp += String(text);
  });
  child.stderr.on('data', (text) => {
    complaint += String(text);
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    for (const socket of sockets) await new Promise<void>((resolve) => socket.close(() => resolve()));
  };
  try {
    await until('the camera sends', () => {
      if (child.exitCode !== null) throw new Error(`the camera's ffmpeg ended: ${complaint}`);
      return packets > 0 && sdp.includes('a=rtpmap');
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { sdp: sessionDescription(sdp), newestFrame: () => frames.newest, lostPackets: () => frames.lost, stop };
}

function encoder(keyFrameSeconds: number): string[] {
  const group = String(25 * keyFrameSeconds);
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-crf', '26', '-pix_fmt', 'yuv420p'];
  return [...x264, '-g', group, '-keyint_min', group, '-sc_threshold', '0'];
}

/** Encodes a camera's next `seconds` seconds, as fast as this machine can, into `file` (Matroska); throws what ffmpeg said. */
export function encodedAhead(
  file: string,
  seconds: number,
  { colour = '#6c8f9c', keyFrameSeconds = 1, noisy = false }: PictureOptions = {},
): void {
  const pictures = ['-f', 'lavfi', '-i', picture(colour, noisy), '-t', String(seconds), ...encoder(keyFrameSeconds)];
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...pictures, '-f', 'matroska', file]);
  if (status !== 0) throw new Error(String(stderr));
}

/** 90 kHz at 25 frames a second. */
const STAMPS_A_FRAME = 3600;

/** Counts frames by their RTP stamps (RFC 3550 §5.1), so that a packet lost on loopback does not shift the count. */
class FrameCount {
  newest = -1;
  lost = 0;
  #first: number | null = null;
  #sequence: number | null = null;

  take(packet: Buffer): void {
    const stamp = packet.readUInt32BE(4);
    const sequence = packet.readUInt16BE(2);
    if (this.#sequence !== null) this.lost += (sequence - this.#sequence - 1) & 0xffff;
    this.#sequence = sequence;
    this.#first ??= stamp;
    const marker = ((packet[1] ?? 0) & 0x80) !== 0;
    if (marker) this.newest = Math.round(((stamp - this.#first) >>> 0) / STAMPS_A_FRAME);
  }
}

/** A ground with a shape that crosses it, the frame's number in squares for machines, and number and time for people. */
function picture(colour: string, noisy: boolean): string {
  const bits = Array.from({ length: NUMBER_BITS }, (_, i) => {
    const place = `x=${i * SQUARE}:y=0:w=${SQUARE}:h=${SQUARE}:c=white:t=fill`;
    return `drawbox=${place}:enable='mod(floor(n/${2 ** i}),2)'`;
  });
  const font = findClockFont();
  const words =
    font === null
      ? []
      : [
          `drawtext=fontfile=${font}:text='%{localtime\\:%F %T}  frame %{n}':x=40:y=620:fontsize=40:fontcolor=white:box=1:boxcolor=black@0.5`,
        ];
  return [
    `color=c=${colour}:s=1280x720:r=25`,
    ...(noisy ? ['noise=alls=8:allf=t'] : []),
    `drawbox=x=0:y=0:w=1280:h=${SQUARE}:c=black:t=fill`,
    ...bits,
    ...words,
  ].join(',');
}

/** What the file shows, frame by frame: the numbers that the camera drew. `file` is anything that ffmpeg opens. */
export function frameNumbersOf(file: string): number[] {
  const { status, stdout, stderr } = spawnSync('ffmpeg', frameNumberArguments(file), { maxBuffer: 256 * 1024 * 1024 });
  if (status !== 0) throw new Error(String(stderr));
  return frameNumbersIn(stdout);
}

/** Has ffmpeg write a row of grey dots for each frame, one for each bit of its number. */
export function frameNumberArguments(file: string): string[] {
  const middle = `crop=${NUMBER_BITS * SQUARE}:${SQUARE}:0:0,scale=${NUMBER_BITS}:1:flags=area,format=gray`;
  const read = ['-v', 'error', '-i', file, '-map', '0:v', '-fps_mode', 'passthrough', '-vf', middle];
  return [...read, '-f', 'rawvideo', '-'];
}

/** The numbers in those rows. */
export function frameNumbersIn(rows: Buffer): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + NUMBER_BITS <= rows.length; at += NUMBER_BITS) {
    let number = 0;
    for (let i = 0; i < NUMBER_BITS; i++) if ((rows[at + i] ?? 0) > 127) number += 2 ** i;
    numbers.push(number);
  }
  return numbers;
}

/** ffmpeg's own description, without the loopback port and with the name of the one track. */
function sessionDescription(printed: string): string {
  const lines = printed
    .replace(/^SDP:\s*/, '')
    .trim()
    .split(/\r?\n/);
  const renamed = lines.map((line) => (line.startsWith('m=video') ? line.replace(/ \d+ /, ' 0 ') : line));
  return [...renamed, 'a=control:trackID=0', ''].join('\r\n');
}

async function bindLoopback(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
