import { spawnSync } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { type CameraStream, type PictureOptions, startCameraStream } from './rtspCamera.ts';
import { RtspSession } from './rtspSession.ts';

export interface RtspServerOptions extends PictureOptions {
  /** What the camera asks for; without a user it asks for nothing. */
  readonly login?: { readonly user: string; readonly password: string; readonly scheme?: 'digest' | 'basic' };
  /** 0 or absent: any free port. A test that brings a camera back gives the port that it had. */
  readonly port?: number;
}

/** A network camera on loopback: 1280×720 at 25, H.264, a key frame a second, with its frame numbers in the picture. */
export interface RtspServer {
  /** `rtsp://127.0.0.1:PORT/cam/main`, without credentials. */
  readonly address: string;
  readonly port: number;
  /** Request lines in order, for tests of what a client said. */
  readonly requests: readonly string[];
  /** How many clients are connected now. */
  clients(): number;
  /** Number of the newest frame that was sent whole: the one that its picture shows. */
  newestFrame(): number;
  /** Packets lost between the camera's encoder and here: nobody could record them. */
  lostPackets(): number;
  /** Packets thrown away because a client was eight megabytes behind, as cameras do with one that is too slow. */
  droppedPackets(): number;
  /** The camera hangs: connections stay open and nothing more comes, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Every connection is cut, as when a camera restarts; new ones are welcome. */
  drop(): void;
  /** The camera is gone: connections cut, port closed, its ffmpeg ended. Start another with the same port to bring it back. */
  stop(): Promise<void>;
}

/** Why there can be no RTSP server here, or null. */
export function rtspServerSkipReason(): string | null {
  const { status, stdout } = spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' });
  if (status !== 0) return 'ffmpeg is not installed';
  return stdout.includes('libx264') ? null : 'ffmpeg has no libx264';
}

export async function startRtspServer(options: RtspServerOptions = {}): Promise<RtspServer> {
  const sessions = new Set<RtspSession>();
  const requests: string[] = [];
  let frozen = false;
  let dropped = 0;
  const camera: CameraStream = await startCameraStream(options, (channel, packet) => {
    if (!frozen) for (const session of sessions) session.send(channel, packet);
  });
  const server = createServer((socket: Socket) => {
    const session = new RtspSession(socket, camera.sdp, options.login ?? null, (line) => requests.push(line));
    sessions.add(session);
    socket.on('close', () => {
      dropped += session.dropped;
      sessions.delete(session);
    });
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  const drop = (): void => {
    for (const session of sessions) session.cut();
  };
  return {
    address: `rtsp://127.0.0.1:${bound.port}/cam/main`,
    port: bound.port,
    requests,
    clients: () => sessions.size,
    newestFrame: () => camera.newestFrame(),
    lostPackets: () => camera.lostPackets(),
    droppedPackets: () => [...sessions].reduce((sum, session) => sum + session.dropped, dropped),
    freeze: () => {
      frozen = true;
    },
    thaw: () => {
      frozen = false;
    },
    drop,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      drop();
      await Promise.all([closed, camera.stop()]);
    },
  };
}
