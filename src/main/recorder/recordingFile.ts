import { join } from 'node:path';
import { z } from 'zod';
import { SourceConfig } from '../../shared/domain/devices.ts';
import { ExhibitNumber, Id, Instant, Whole } from '../../shared/evidence/record.ts';
import { readChecked } from './folder.ts';

/**
 * `recording.json` in an exhibit's folder: what recovery needs to know of a recording that never came to its end. No
 * secrets; not part of the evidence. Rewritten whole when a part begins.
 */
export const RecordingFile = z.strictObject({
  format: z.literal('birret-recording/1'),
  exhibit: ExhibitNumber,
  startedAt: Instant,
  startedMonotonicNs: z.string(),
  /** When the button was pressed, milliseconds after `startedAt`: above 0 where the seconds before it were kept. */
  buttonMs: Whole.nonnegative().default(0),
  recorderVkey: z.string(),
  encoderVersion: z.string(),
  targets: z.array(z.string()),
  tracks: z.array(
    z.strictObject({
      source: SourceConfig,
      parts: z.array(
        z.strictObject({
          part: Id.or(z.string().regex(/^[a-z0-9-]{1,32}\.[0-9]{1,4}$/)),
          offset_ms: Whole,
          started_at: Instant,
          command: z.string(),
          codecs: z.string(),
          kind: z.enum(['video', 'audio']),
        }),
      ),
    }),
  ),
});
export type RecordingFile = z.infer<typeof RecordingFile>;

export const RECORDING_FILE = 'recording.json';

/** Reads it; null when there is none. Throws on one that is malformed. */
export const readRecordingFile = (exhibitFolder: string): Promise<RecordingFile | null> =>
  readChecked(join(exhibitFolder, RECORDING_FILE), RecordingFile);
