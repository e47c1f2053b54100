import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { attachmentTypes, isAttachmentType, LONGEST_ATTACHMENT } from '../../shared/domain/attachmentTypes.ts';
import type { Relation } from '../../shared/domain/roles.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { Person } from '../accounts/index.ts';
import type { Attachments, Supplements } from '../attachments/index.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Viewer } from './media.ts';

/** A file beside an exhibit's tracks, plain, in memory. */
export interface FileBeside {
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** Where attachments and the files of supplements come from. Refuses a viewer who may not see the record. */
export interface BesideSource {
  /** `path` in the exhibit's folder: `attachments/plan.pdf`, `supplements/1/protocol.pdf`. */
  beside(viewer: Viewer, exhibit: string, path: string): Promise<FileBeside>;
}

/** Operations that a file travels with, and how long their bodies may be: each checks the file itself besides. */
const LONG: Readonly<Record<string, number>> = {
  '/rpc/attachments/keep': LONGEST_ATTACHMENT + 1024 * 1024,
  '/rpc/supplements/add': 2 * LONGEST_ATTACHMENT,
  '/rpc/tablet/setVoice': 2 * 1024 * 1024,
};

/** Bodies are short (`usual`, bytes), but for the few requests that bring a file. */
export function bodyLimits(usual: number, onError: (c: Context) => Response): MiddlewareHandler {
  const short = bodyLimit({ maxSize: usual, onError });
  const long = new Map(Object.entries(LONG).map(([path, maxSize]) => [path, bodyLimit({ maxSize, onError })]));
  return (c, next) => (long.get(c.req.path) ?? short)(c, next);
}

/** Shown as they are in a page of their own; everything else is saved. */
const SHOWN = /^(?:image\/|text\/|audio\/|application\/json$)/;

/**
 * Adds the addresses of files beside an exhibit: decrypted in memory, never run, shown or saved as what they are. `viewer`
 * finds who asks, null for a screen that was never let in.
 */
export function attachmentRoutes(app: Hono, source: BesideSource, viewer: (c: Context) => Viewer | null): void {
  const answer = async (c: Context, exhibit: string, path: string): Promise<Response> => {
    const who = viewer(c);
    if (who === null) return c.json({ code: 'NOT_FROM_A_KNOWN_SCREEN' }, 403);
    try {
      const { mediaType, content } = await source.beside(who, exhibit, path);
      const name = `${exhibit}-${path.replaceAll('/', '-')}`;
      const shown = c.req.query('show') !== undefined && SHOWN.test(mediaType);
      return c.body(new Uint8Array(content), 200, {
        'content-type': typeOf(mediaType),
        'content-length': String(content.length),
        'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${name}"`,
        'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const unknown = error.code === 'ATTACHMENT_UNKNOWN' || error.code === 'SUPPLEMENT_UNKNOWN';
      return c.json({ code: error.code, params: error.params }, unknown ? 404 : 403);
    }
  };
  app.get('/media/attachments/:exhibit/:name', (c) =>
    answer(c, c.req.param('exhibit'), `attachments/${c.req.param('name')}`),
  );
  app.get('/media/supplements/:exhibit/:n{[0-9]+}/:name', (c) =>
    answer(c, c.req.param('exhibit'), `supplements/${c.req.param('n')}/${c.req.param('name')}`),
  );
}

/** Only what is accepted has a type of its own; text is named as the UTF-8 that it was found to be. */
function typeOf(mediaType: string): string {
  if (!isAttachmentType(mediaType)) return 'application/octet-stream';
  return attachmentTypes[mediaType] === 'p7s' || !/^text\//.test(mediaType) ? mediaType : `${mediaType}; charset=utf-8`;
}

export interface BesideNeeds {
  readonly attachments: Attachments;
  readonly supplements: Supplements;
  readonly custody: () => CustodyLog;
  readonly relations: (person: Person, exhibit: string) => ReadonlySet<Relation> | null;
}

const MAY_SEE: ReadonlySet<string> = new Set<Relation>(['assigned', 'handed-over', 'admitted']);

/** Whoever may see the record may see what is beside it, and that they looked is kept: the same table as the contract's. */
export class StationBeside implements BesideSource {
  readonly #needs: BesideNeeds;

  constructor(needs: BesideNeeds) {
    this.#needs = needs;
  }

  async beside({ screen, session }: Viewer, exhibit: string, path: string): Promise<FileBeside> {
    const { attachments, supplements, relations, custody } = this.#needs;
    if (screen.kind !== 'desk' || session === null) throw new Refusal('SESSION_MISSING');
    if (session.locked || session.keys === null) throw new Refusal('SESSION_LOCKED');
    const { person, keys } = session;
    const asked = ['investigator', 'clerk', 'judge'].includes(person.role) ? relations(person, exhibit) : null;
    if (asked === null || ![...asked].some((relation) => MAY_SEE.has(relation))) throw new Refusal('TIE_REFUSED');
    const vaultIdentity = await keys.vaultIdentity();
    const found = path.startsWith('supplements/')
      ? await supplements.open(exhibit, path.slice('supplements/'.length), vaultIdentity)
      : await attachments.open(exhibit, path, vaultIdentity);
    custody().append({
      action: 'attachment.opened',
      actor: { id: person.code, role: person.role },
      subject: { type: 'exhibit', id: exhibit },
      details: { file: path },
    });
    return found;
  }
}
