import { ORPCError } from '@orpc/client';
import { z } from 'zod';

/** No file of an exhibit is larger. */
export const LARGEST_BYTES = 64 * 1024 * 1024;

const Kept = z.object({ file: z.string() });
const Refused = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });

/** Sends a file to be kept with an interview; gives the name under which it is. Throws what the station refuses. */
export async function keepFile(
  interview: string,
  { content, title }: { readonly content: Blob; readonly title: string },
): Promise<string> {
  const answer = await fetch(`/attachments/${interview}/drawing?${new URLSearchParams({ title }).toString()}`, {
    method: 'POST',
    headers: { 'x-birret': '1', 'content-type': content.type },
    body: content,
  });
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) return Kept.parse(said).file;
  const refused = Refused.safeParse(said);
  throw new ORPCError(refused.success ? refused.data.code : 'INTERNAL', {
    data: { params: refused.success ? refused.data.params : {} },
  });
}
