import { createServer, type Socket } from 'node:net';
import { RtspSession } from './rtspSession.ts';

const RATE = 8000;
const SAMPLES = 160;
const BEEP_SECONDS = 0.1;

/** A network camera of which only the sound is wanted: G.711 (RFC 3551 §4.5.14) with a beep every so many true seconds. */
export interface SoundCamera {
  readonly address: string;
  /** True monotonic nanoseconds of each beep so far. */
  readonly beeps: readonly bigint[];
  stop(): Promise<void>;
}

export async function startSoundCamera(everySeconds: number): Promise<SoundCamera> {
  const sdp = [
    ...['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=sound', 'c=IN IP4 0.0.0.0', 't=0 0', 'm=audio 0 RTP/AVP 0'],
    ...['a=control:trackID=1', ''],
  ].join('\r\n');
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
  const startNs = process.hrtime.bigint();
  const beeps: bigint[] = [];
  let packet = 0;
  const send = (): void => {
    const due = Number(process.hrtime.bigint() - startNs) / 1e9;
    // A packet can go when its last sample was heard.
    for (; ((packet + 1) * SAMPLES) / RATE <= due; packet++) {
      const bytes = Buffer.alloc(12 + SAMPLES);
      bytes[0] = 0x80;
      bytes.writeUInt16BE(packet & 0xffff, 2);
      bytes.writeUInt32BE((packet * SAMPLES) >>> 0, 4);
      for (let i = 0; i < SAMPLES; i++) {
        const second = (packet * SAMPLES + i) / RATE;
        const beat = Math.floor(second / everySeconds);
        const into = second - beat * everySeconds;
        if (into < BEEP_SECONDS && beeps.length <= beat) beeps.push(startNs + BigInt(beat * everySeconds * 1e9));
        bytes[12 + i] = muLaw(into < BEEP_SECONDS ? 12_000 * Math.sin(2 * Math.PI * 1000 * into) : 0);
      }
      for (const session of sessions) session.send(0, bytes);
    }
  };
  const timer = setInterval(send, 10);
  return {
    address: `rtsp://127.0.0.1:${bound.port}/cam/sound`,
    beeps,
    stop: async () => {
      clearInterval(timer);
      for (const session of sessions) session.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** ITU-T G.711 µ-law. */
function muLaw(sample: number): number {
  const magnitude = Math.min(Math.abs(Math.round(sample)), 32_635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 15;
  return ~((sample < 0 ? 128 : 0) | (exponent << 4) | mantissa) & 255;
}
