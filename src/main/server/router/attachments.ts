import type { Attachment, Supplement } from '../../../shared/contract/attachments.ts';
import { done } from '../../../shared/contract/common.ts';
import { Refusal } from '../../../shared/errors.ts';
import type { Exhibits } from '../../archive/index.ts';
import type { AddedSupplement, Attachments, Attachment as Kept, Supplements } from '../../attachments/index.ts';
import type { Timestamps } from '../../timestamps/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import { handOf } from './handOf.ts';

export interface AttachmentHandlersNeeds {
  readonly attachments: Attachments;
  readonly supplements: Supplements;
  readonly exhibits: Exhibits;
  readonly timestamps: Timestamps;
  /** The name behind an account's code, where it is known here. */
  readonly nameOf: (code: string) => string;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });
/** A person's own file name may tell of somebody, and paths stand in the log: so it is not used. The ending is that of the content. */
const NAME = 'file.txt';

/** Handlers of `attachments` and `supplements`. */
export function attachmentHandlers(os: Implementer, needs: AttachmentHandlersNeeds) {
  const { attachments, supplements, exhibits, timestamps, nameOf } = needs;
  const kept = (one: Kept): Attachment => ({ ...one, keptBy: nameOf(one.keptBy) });
  const added = (exhibit: string, one: AddedSupplement): Supplement => ({
    n: one.n,
    at: one.statement.at,
    addedBy: nameOf(one.addedBy),
    sha256: one.sha256,
    files: one.statement.attachments.map(({ file, title, media_type }) => ({ file, title, mediaType: media_type })),
    stamped: timestamps
      .ofExhibit(exhibit)
      .some(({ file, time }) => time !== null && file.startsWith(`supplements/${one.n}.json.`)),
  });
  /** The investigator until the exhibit is handed over, the clerk once it is: what lies between is nobody's. */
  const mayAdd = ({ person }: CallContext, exhibit: string): boolean => {
    const { state, archive } = exhibits.get(exhibit);
    if (state !== 'sealed') return false;
    return person.role === 'clerk'
      ? archive === 'accepted'
      : person.role === 'investigator' && archive === 'with-officer';
  };
  return {
    attachments: {
      list: os.attachments.list.handler(({ input }) => attachments.ofExhibit(input.exhibit).map(kept)),
      keep: os.attachments.keep.handler(async ({ input, context: { call } }) => {
        const { exhibit, title, content } = input;
        const one = { exhibit, title, name: NAME, mediaType: declared(content), plain: content.stream() };
        const { file } = await attachments.keepContent(one, actorOf(call));
        const found = attachments.ofExhibit(exhibit).find((each) => each.file === file);
        if (found === undefined) throw new Refusal('ATTACHMENT_UNKNOWN');
        return kept(found);
      }),
      remove: os.attachments.remove.handler(async ({ input, context: { call } }) => {
        await attachments.remove(input.exhibit, input.file, input.reason, actorOf(call));
        return done;
      }),
    },
    supplements: {
      list: os.supplements.list.handler(({ input, context: { call } }) => ({
        supplements: supplements.list(input.exhibit).map((one) => added(input.exhibit, one)),
        mayAdd: mayAdd(call, input.exhibit),
      })),
      add: os.supplements.add.handler(async ({ input, context: { call } }) => {
        const { exhibit } = input;
        if (!mayAdd(call, exhibit)) {
          const { state, archive } = exhibits.get(exhibit);
          throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit, state: state === 'sealed' ? archive : state });
        }
        const by = await handOf(call);
        const files = input.files.map(({ title, content }) => ({
          ...{ name: NAME, mediaType: declared(content), title, plain: content.stream() },
        }));
        return added(exhibit, await supplements.add({ exhibit, files }, by));
      }),
    },
  };
}

/** Between kinds of text its sender decides; everything else is what its content says. */
function declared(content: File): string | null {
  const said = content.type.split(';')[0] ?? '';
  return said === 'application/json' || said === 'text/plain' ? said : null;
}
