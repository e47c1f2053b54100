import type { z } from 'zod';
import { parseCanonical } from '../../shared/domain/canonical.ts';
import { isRefusal } from '../../shared/errors.ts';
import type { CheckReason } from '../../shared/evidence/verification.ts';

/**
 * Reads a document that must be in canonical form and of the shape of `schema`. Gives the value, or what is wrong:
 * `json-malformed` (no JSON), `json-not-canonical` (another writing of it, a key twice, a fraction), `shape` (where).
 */
export function parseJson<T>(
  file: string,
  bytes: Uint8Array,
  schema: z.ZodType<T>,
): { value: T } | { problem: CheckReason } {
  let document: unknown;
  try {
    document = parseCanonical(bytes);
  } catch (error) {
    if (!isRefusal(error, 'JSON_NOT_CANONICAL')) throw error;
    const malformed = error.params['reason'] === 'not JSON' || error.params['reason'] === 'not UTF-8';
    return { problem: { code: malformed ? 'json-malformed' : 'json-not-canonical', params: { file } } };
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return { value: parsed.data };
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return { problem: { code: 'shape', params: { file, where } } };
}
