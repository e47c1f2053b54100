import { z } from 'zod';

/**
 * Why a source gives nothing, as far as its ffmpeg said. `device-busy` = another program has it, or a camera has too many
 * viewers; `not-found` = not there, or not to be reached; `connection-lost` = it was there and went away;
 * `unsupported-format` = it sends nothing that can be recorded. Sentences: `recorder` namespace, `failure.<code>`.
 */
export const SourceFailure = z.enum([
  'device-busy',
  'not-found',
  'permission-denied',
  'authentication-refused',
  'unsupported-format',
  'connection-lost',
  'disk-full',
  'unknown',
]);
export type SourceFailure = z.infer<typeof SourceFailure>;
