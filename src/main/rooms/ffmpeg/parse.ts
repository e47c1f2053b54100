/** What `ffmpeg -version` says. `line` is its first line, kept for the record as the encoder's version. */
export interface FfmpegVersion {
  readonly line: string;
  readonly version: string;
  /** Major release: from the version, or for builds between releases (`N-…`) from libavcodec; null when unknown. */
  readonly major: number | null;
}

/** Parses `ffmpeg -version`; null when this is not ffmpeg speaking. */
export function parseVersion(text: string): FfmpegVersion | null {
  const line = /^ffmpeg version \S+.*$/m.exec(text)?.[0]?.trim();
  const version = line?.split(/\s+/)[2];
  if (line === undefined || version === undefined) return null;
  const released = /^n?(\d{1,2})\.\d/.exec(version)?.[1];
  if (released !== undefined) return { line, version, major: Number(released) };
  const libavcodec = /^libavcodec\s+(\d+)\./m.exec(text)?.[1];
  // Since 4 (libavcodec 58) both have gone up together by one with each major release.
  return { line, version, major: libavcodec === undefined ? null : Number(libavcodec) - 54 };
}

/**
 * The names in a table of ffmpeg (`-encoders`, `-decoders`, `-filters`, `-devices`, `-muxers`): rows of flags, name and
 * words; a name column may hold several, parted by commas. Headings, legends (`V..... = Video`) and warnings are passed
 * over. `flag` asks that the flags hold it (`D` of devices: input; releases since 7 add a small `d` for devices).
 */
export function parseTable(text: string, flag = ''): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const row = /^ ([A-Zd.| ]{2,6}?) +([a-z0-9_][A-Za-z0-9_,]*)(?:\s|$)/.exec(line);
    const [, flags, name] = row ?? [];
    if (flags === undefined || name === undefined || !flags.includes(flag)) continue;
    for (const one of name.split(',')) names.add(one);
  }
  return names;
}

/** H.264 encoders in the order of preference: hardware, which needs a real test before use, then the processor. */
export const h264Encoders = [
  'h264_nvenc',
  'h264_qsv',
  'h264_vaapi',
  'h264_amf',
  'h264_mf',
  'h264_videotoolbox',
  'libx264',
] as const;
export type H264Encoder = (typeof h264Encoders)[number];
