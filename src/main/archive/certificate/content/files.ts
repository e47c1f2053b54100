import type { RecordTrack } from '../../../../shared/evidence/record.ts';
import { fill } from '../../../../shared/evidence/reportWords.ts';
import { type Block, clockOf, type FactRow, figure, type Value } from '../../../papers/index.ts';
import type { PaperData } from '../data.ts';
import { heading, type Saying } from './saying.ts';

/** The files that were sealed with their digests: those that a reader computes anew, of a bag or of a disk. */
export function files(data: PaperData, saying: Saying): Block[] {
  const { tracks: words } = saying.text;
  const record: FactRow = {
    label: words.record,
    values: [{ text: fill(words.recordSays, { bytes: figure(data.recordBytes) }) }, { digest: data.recordSha256 }],
  };
  return [
    heading(3, words.title),
    { kind: 'text', text: words.gap, withNext: true },
    { kind: 'facts', rows: [record, ...data.record.tracks.flatMap((track) => rowsOf(track, data, saying))] },
  ];
}

function rowsOf(track: RecordTrack, { stored }: PaperData, { text, track: nameOf }: Saying): FactRow[] {
  const { tracks: words } = text;
  return track.parts.map(({ file, bytes, sha256, duration_ms }, index): FactRow => {
    const atRest = stored[`${file}.age`];
    const digests: Value =
      atRest === undefined
        ? { digest: sha256 }
        : {
            digests: [
              { name: words.plain, digest: sha256 },
              { name: words.stored, digest: atRest },
            ],
          };
    return {
      label: index === 0 ? nameOf(track.id, track.source.label) : '',
      values: [{ text: fill(words.part, { file, length: clockOf(duration_ms), bytes: figure(bytes) }) }, digests],
    };
  });
}
