import type { LiveSegment } from './liveWindow.ts';

/**
 * The live media playlist of a track (RFC 8216, version 7): a map of its own for each part, a discontinuity where media
 * time begins anew, each segment with its wall-clock time. Addresses are relative: `<part>/<line>.mp4`, line 0 the map.
 * There is no end: a recording that is over has no playlist.
 */
export function livePlaylist(segments: readonly LiveSegment[]): string {
  const first = segments[0];
  const longest = Math.max(1000, ...segments.map(({ durationMs }) => durationMs));
  const rows = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    // Rounded to the nearest second, as each duration is for this comparison (section 4.3.3.1).
    `#EXT-X-TARGETDURATION:${Math.round(longest / 1000)}`,
    `#EXT-X-MEDIA-SEQUENCE:${first?.sn ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${first?.run ?? 0}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  let before: LiveSegment | null = null;
  for (const segment of segments) {
    const anew = before !== null && before.run !== segment.run;
    if (anew) rows.push('#EXT-X-DISCONTINUITY');
    if (anew || before === null) rows.push(`#EXT-X-MAP:URI="${segment.part}/0.mp4"`);
    rows.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.atMs).toISOString()}`);
    rows.push(`#EXTINF:${(segment.durationMs / 1000).toFixed(3)},`, `${segment.part}/${segment.line}.mp4`);
    before = segment;
  }
  return `${rows.join('\n')}\n`;
}
