import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { Language } from '../../shared/contract/common.ts';
import { spokenWords } from '../../shared/domain/childWishes.ts';
import type { Voices } from '../tablet/index.ts';
import type { Viewer } from './media.ts';

const Asked = z.object({ language: Language, said: z.enum(spokenWords) });

/** Adds the sounds of the child's tablet: for that tablet, and for the administrator who listens to them. */
export function voiceRoutes(app: Hono, voices: Pick<Voices, 'sound'>, viewer: (c: Context) => Viewer | null): void {
  app.get('/voice/:language/:said', (c) => {
    const who = viewer(c);
    if (who === null) return c.json({ code: 'NOT_FROM_A_KNOWN_SCREEN' }, 403);
    if (!mayHear(who)) return c.json({ code: 'ROLE_REFUSED' }, 403);
    const asked = Asked.safeParse(c.req.param());
    if (!asked.success) return c.json({ code: 'REQUEST_MALFORMED' }, 404);
    const { bytes, mediaType } = voices.sound(asked.data.language, asked.data.said);
    return c.body(bytes, 200, { 'content-type': mediaType, 'content-length': String(bytes.length) });
  });
}

function mayHear({ screen, session }: Viewer): boolean {
  if (screen.kind === 'child') return true;
  return screen.kind === 'desk' && session !== null && !session.locked && session.person.role === 'administrator';
}
