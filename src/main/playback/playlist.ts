import type { z } from 'zod';
import type { PlaybackTrack } from '../../shared/contract/hearings.ts';
import type { RecordPart, SegmentLine } from '../../shared/evidence/record.ts';

interface PartLines {
  readonly part: RecordPart;
  readonly lines: readonly SegmentLine[];
}

const seconds = (ms: number) => (ms / 1000).toFixed(3);

/**
 * A track's HLS playlist (RFC 8216) from its own segment lists: one address a segment, no byte ranges, parts joined by a
 * discontinuity with a map of their own. Addresses are relative to the playlist: `<part>/<line>.mp4`.
 */
export function playlist(parts: readonly PartLines[]): string {
  const longest = Math.max(1000, ...parts.flatMap(({ lines }) => lines.map((line) => line.duration_ms)));
  const rows = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(longest / 1000)}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ];
  parts.forEach(({ part, lines }, index) => {
    const media = lines.slice(1);
    const first = media[0];
    if (first === undefined) return;
    if (index > 0) rows.push('#EXT-X-DISCONTINUITY');
    rows.push(`#EXT-X-MAP:URI="${index + 1}/0.mp4"`);
    rows.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(Date.parse(part.started_at) + first.start_ms).toISOString()}`);
    for (const line of media) rows.push(`#EXTINF:${seconds(line.duration_ms)},`, `${index + 1}/${line.i}.mp4`);
  });
  return `${[...rows, '#EXT-X-ENDLIST'].join('\n')}\n`;
}

/** Where each part stands on the interview's clock and on the playlist's, both in ms. */
export function placement(parts: readonly PartLines[]): z.infer<typeof PlaybackTrack>['parts'] {
  let playlistMs = 0;
  const placed: z.infer<typeof PlaybackTrack>['parts'] = [];
  for (const { part, lines } of parts) {
    const media = lines.slice(1);
    const first = media[0];
    if (first === undefined) continue;
    const durationMs = media.reduce((sum, line) => sum + line.duration_ms, 0);
    placed.push({ fromMs: part.offset_ms + first.start_ms, durationMs, playlistMs });
    playlistMs += durationMs;
  }
  return placed;
}
