import type { Context, Hono } from 'hono';
import { isRefusal } from '../../shared/errors.ts';
import type { Session } from '../accounts/index.ts';
import type { Screen } from './screens.ts';

/** Who watches: a screen, with or without somebody signed in on it. */
export interface Viewer {
  readonly screen: Screen;
  readonly session: Session | null;
}

/** Where media come from. Every method refuses a viewer who may not see this, and bytes that do not verify. */
export interface MediaSource {
  /** The track's HLS playlist, UTF-8. */
  playlist(viewer: Viewer, exhibit: string, track: string): Promise<string>;
  /** One segment of a part, whole, verified against its digest and the signed root. Line 0 is the initialisation section. */
  segment(viewer: Viewer, exhibit: string, track: string, part: number, line: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The live playlist of a track of an interview that is recorded, and the time on that recording's clock. Held back for a
   * moment where there is no segment yet after number `have`.
   */
  livePlaylist(
    viewer: Viewer,
    interview: string,
    track: string,
    have: number | null,
  ): Promise<{ text: string; nowMs: number }>;
  /** One segment that the disks have confirmed, from the recorder's memory. Line 0 is the initialisation section. */
  liveSegment(
    viewer: Viewer,
    interview: string,
    track: string,
    part: number,
    line: number,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** The newest preview picture of a source (JPEG), or null while there is none. */
  preview(viewer: Viewer, interview: string, source: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Refusals of what is not there, or not yet, rather than not allowed. */
const NOT_THERE: ReadonlySet<string> = new Set(['SEGMENT_UNKNOWN', 'LIVE_NOTHING_YET', 'LIVE_SEGMENT_GONE']);

/** Adds the media addresses to the application; `viewer` finds who asks, null for a screen that was never let in. */
export function mediaRoutes(app: Hono, media: MediaSource, viewer: (c: Context) => Viewer | null): void {
  const answer = async (c: Context, make: (viewer: Viewer) => Promise<Response>): Promise<Response> => {
    const who = viewer(c);
    if (who === null) return c.json({ code: 'NOT_FROM_A_KNOWN_SCREEN' }, 403);
    try {
      return await make(who);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return c.json({ code: error.code, params: error.params }, NOT_THERE.has(error.code) ? 404 : 403);
    }
  };

  app.get('/media/:exhibit/:track/index.m3u8', (c) =>
    answer(c, async (who) => {
      const text = await media.playlist(who, c.req.param('exhibit'), c.req.param('track'));
      return c.body(text, 200, { 'content-type': 'application/vnd.apple.mpegurl' });
    }),
  );
  app.get('/media/:exhibit/:track/:part{[0-9]+}/:line{[0-9]+\\.mp4}', (c) =>
    answer(c, async (who) => {
      const { exhibit, track, part, line } = c.req.param();
      const bytes = await media.segment(who, exhibit, track, Number(part), Number.parseInt(line, 10));
      return c.body(bytes, 200, { 'content-type': 'video/mp4', 'content-length': String(bytes.byteLength) });
    }),
  );
  app.get('/media/live/:interview/:track/index.m3u8', (c) =>
    answer(c, async (who) => {
      const { interview, track } = c.req.param();
      const have = /^\d{1,9}$/.exec(c.req.query('have') ?? '');
      const { text, nowMs } = await media.livePlaylist(who, interview, track, have === null ? null : Number(have[0]));
      const headers = { 'content-type': 'application/vnd.apple.mpegurl', 'x-birret-now': String(nowMs) };
      return c.body(text, 200, headers);
    }),
  );
  app.get('/media/live/:interview/:track/:part{[0-9]+}/:line{[0-9]+\\.mp4}', (c) =>
    answer(c, async (who) => {
      const { interview, track, part, line } = c.req.param();
      const bytes = await media.liveSegment(who, interview, track, Number(part), Number.parseInt(line, 10));
      return c.body(bytes, 200, { 'content-type': 'video/mp4', 'content-length': String(bytes.byteLength) });
    }),
  );
  app.get('/preview/:interview/:source{[a-z0-9-]+\\.jpg}', (c) =>
    answer(c, async (who) => {
      const picture = await media.preview(who, c.req.param('interview'), c.req.param('source').slice(0, -4));
      if (picture === null) return c.body(null, 204);
      return c.body(picture, 200, { 'content-type': 'image/jpeg', 'content-length': String(picture.byteLength) });
    }),
  );
}
