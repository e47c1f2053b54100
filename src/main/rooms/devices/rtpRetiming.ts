import { CameraTimeline } from './cameraTimeline.ts';

const SENDER_REPORT = 200;
/** Seconds of sound in one packet, at the most that is believed. */
const LONGEST_PACKET = 0.2;

/** Ticks a second of a payload type's stamps, and whether it is sound. */
export interface StampRate {
  readonly rate: number;
  readonly sound: boolean;
}

/**
 * Gives the interleaved frames (RFC 2326 §10.12) of a camera's stream time stamps on our monotonic clock, and takes out the
 * sender reports, by which ffmpeg would undo that. For one stream of a connection, pictures or sound: ffmpeg asks for no
 * more. Payloads are left as they are.
 */
export class RtpRetiming {
  /** Ticks a second of each payload type in the session description. */
  #rates: ReadonlyMap<number, StampRate> = new Map();
  #timeline: CameraTimeline | null = null;
  /** Of sound: the stamp before, and the length of a packet in seconds. A packet can only be sent after its last sample. */
  #sound: { stamp: number; packetSeconds: number } | null = null;

  /** Takes the session description (RFC 4566): what is not described there is not restamped. */
  describe(sdp: string): void {
    this.#rates = clockRates(sdp);
  }

  /** See `CameraTimeline.zeroNs`. Null before the first picture or sound. */
  zeroNs(): bigint | null {
    const zeroNs = this.#timeline?.zeroNs() ?? null;
    const packetNs = BigInt(Math.round((this.#sound?.packetSeconds ?? 0) * 1e9));
    return zeroNs === null ? null : zeroNs - packetNs;
  }

  /** The frame to pass on, changed in place, or null when nothing of it is. `frame` = with its four bytes of framing. */
  pass(frame: Buffer, arrivedNs: bigint): Buffer | null {
    const [first, second] = [frame[4], frame[5]];
    if (first === undefined || second === undefined || first >> 6 !== 2) return frame;
    // RFC 5761 §4: by its second byte a control packet can be told from media.
    if (second >= 192 && second <= 223) return withoutSenderReports(frame);
    const known = this.#rates.get(second & 0x7f);
    if (known === undefined || frame.length < 16) return frame;
    const stamp = frame.readUInt32BE(8);
    if (known.sound) this.#measure(stamp, known.rate);
    this.#timeline ??= new CameraTimeline(known.rate);
    frame.writeUInt32BE(this.#timeline.restamp(stamp, arrivedNs), 8);
    return frame;
  }

  /** The shortest step from one stamp to the next is a packet: longer ones are pauses. */
  #measure(stamp: number, rate: number): void {
    const step = ((stamp - (this.#sound?.stamp ?? stamp)) >>> 0) / rate;
    const before = this.#sound?.packetSeconds ?? 0;
    const isPacket = step > 0 && step <= LONGEST_PACKET && (before === 0 || step < before);
    this.#sound = { stamp, packetSeconds: isPacket ? step : before };
  }
}

/** Payload type → clock rate for pictures and sound; where `a=rtpmap` says nothing 90 kHz, and 8 kHz for old telephone sound. */
export function clockRates(sdp: string): Map<number, StampRate> {
  const rates = new Map<number, StampRate>();
  let known = false;
  let sound = false;
  for (const line of sdp.split(/\r?\n/)) {
    const media = /^m=(\S+) \S+ \S+ ([\d ]+)$/.exec(line.trimEnd());
    if (media !== null) {
      known = media[1] === 'video' || media[1] === 'audio';
      sound = media[1] === 'audio';
      const rate = sound ? 8000 : 90_000;
      if (known) for (const type of (media[2] ?? '').trim().split(' ')) rates.set(Number(type), { rate, sound });
    }
    const map = /^a=rtpmap:(\d+) [^/\s]+\/(\d+)/.exec(line);
    const rate = Number(map?.[2]);
    if (known && map !== null && rate > 0) rates.set(Number(map[1]), { rate, sound });
  }
  return rates;
}

/** A compound control packet (RFC 3550 §6.1) without its sender reports; null when nothing is left. */
function withoutSenderReports(frame: Buffer): Buffer | null {
  const kept: Buffer[] = [];
  for (let at = 4; at + 4 <= frame.length; ) {
    const end = at + 4 * (frame.readUInt16BE(at + 2) + 1);
    if (frame[at + 1] !== SENDER_REPORT) kept.push(frame.subarray(at, end));
    at = end;
  }
  if (kept.length === 0) return null;
  const body = Buffer.concat(kept);
  const head = Buffer.from(frame.subarray(0, 4));
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}
