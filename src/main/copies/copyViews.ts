import type { CopyEstimate, DerivedCopy } from '../../shared/contract/copies.ts';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Playback } from '../../shared/contract/hearings.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import { COPY_MEDIA } from './copyFolder.ts';
import type { MadeCopy } from './copyRows.ts';
import type { OpenCopy } from './openCopy.ts';

/** Until a first copy has shown what this machine does: a third of the recording's length, 1.4 Mbit/s. */
const FIRST_SHARE = 0.35;
const FIRST_BYTES_PER_MS = 175;

const mediaOf = (copy: MadeCopy) => copy.statement.files.find(({ file }) => file === COPY_MEDIA);

/** What the next copy of this exhibit will take, from the last ones that were made here. */
export function estimateOf(statement: EvidenceRecord, latest: readonly MadeCopy[]): CopyEstimate {
  const { interview, tracks } = statement;
  const durationMs = Math.max(0, Date.parse(interview.ended_at) - Date.parse(interview.started_at));
  const playedMs = latest.reduce((sum, copy) => sum + copy.statement.duration_ms, 0);
  const took = latest.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const bytes = latest.reduce((sum, copy) => sum + (mediaOf(copy)?.bytes ?? 0), 0);
  return {
    durationMs,
    pictures: tracks.filter(({ kind, parts }) => kind !== 'audio' && parts.length > 0).length,
    microphones: tracks.filter(({ kind, parts }) => kind !== 'video' && parts.length > 0).length,
    aboutMs: Math.round(durationMs * (playedMs > 0 ? took / playedMs : FIRST_SHARE)),
    aboutBytes: Math.round(durationMs * (playedMs > 0 ? bytes / playedMs : FIRST_BYTES_PER_MS)),
  };
}

export function viewOf(copy: MadeCopy, ofTargets: number, nameOf: (code: string) => string): DerivedCopy {
  const media = mediaOf(copy);
  return {
    id: copy.id,
    n: copy.n,
    kind: 'picture-in-picture',
    madeAt: copy.statement.made_at,
    madeBy: nameOf(copy.madeBy),
    recipient: copy.statement.recipient,
    durationMs: copy.statement.duration_ms,
    bytes: media?.bytes ?? 0,
    sha256: media?.sha256 ?? '',
    targets: copy.folders.length,
    ofTargets,
  };
}

/** An open copy as the player takes an exhibit: one track that has picture and sound, on the interview's own clock. */
export function playbackOf(
  { copy, lines }: OpenCopy,
  statement: EvidenceRecord,
  exhibit: Exhibit,
  watermark: string,
  nameOf: (code: string) => string,
): Playback {
  const first = lines[1]?.start_ms ?? 0;
  const end = lines.reduce((latest, line) => Math.max(latest, line.start_ms + line.duration_ms), 0);
  return {
    exhibit,
    durationMs: copy.statement.duration_ms,
    tracks: [
      {
        id: copy.id,
        place: copy.id,
        kind: 'av',
        label: copy.id,
        simulated: exhibit.simulated,
        playlist: `/media/${copy.exhibit}/${copy.id}/index.m3u8`,
        codecs: null,
        parts: [{ fromMs: first, durationMs: end - first, playlistMs: 0 }],
      },
    ],
    timeline: statement.timeline,
    watermark,
    sealed: {
      at: copy.statement.made_at,
      by: copy.statement.signers.map(({ role, code }) => ({ role, code, name: nameOf(code) })),
    },
  };
}
