import type { CopyPlan, PlannedInput, Range } from './copyPlan.ts';
import { insetPlace, layout } from './layout.ts';

/** The names under which the finished picture and sound leave the graph. */
export const PICTURE_OUT = 'picture';
export const SOUND_OUT = 'sound';

const seconds = (ms: number) => (ms / 1000).toFixed(3);

/**
 * The whole copy as one ffmpeg filter graph. Input n of ffmpeg is `plan.inputs[n]`. A black picture and silence of the
 * interview's length carry the clock, and every part is laid over them where the record places it: what one part loses or
 * gains never moves another. `font` is a file with Cyrillic letters, null leaves the choice to ffmpeg.
 */
export function filterGraph(plan: CopyPlan, label: string, font: string | null): string {
  return [...pictureChains(plan, label, font), ...soundChains(plan)].join(';\n');
}

function pictureChains(plan: CopyPlan, label: string, font: string | null): string[] {
  const { width, height, framesPerSecond } = layout;
  const length = seconds(plan.durationMs);
  const chains = [`color=c=black:s=${width}x${height}:r=${framesPerSecond}:d=${length},format=yuv420p[p0]`];
  let under = 'p0';
  const placed = [...numbered(plan, 'main'), ...numbered(plan, 'inset')];
  placed.forEach(([input, n], index) => {
    const over = `v${n}`;
    const next = `p${index + 1}`;
    const scaled = input.picture === 'main' ? full() : inset();
    const place = input.picture === 'main' ? 'x=(W-w)/2:y=(H-h)/2' : `x=${insetPlace().x}:y=${insetPlace().y}`;
    chains.push(
      `[${n}:v]setpts=PTS-STARTPTS+(${seconds(input.atMs)})/TB,${scaled},setsar=1,format=yuv420p[${over}]`,
      `[${under}][${over}]overlay=${place}:eof_action=pass:format=yuv420:enable='${within(input.covered)}'[${next}]`,
    );
    under = next;
  });
  chains.push(`[${under}]trim=end=${length},${labelled(label, font)}[${PICTURE_OUT}]`);
  return chains;
}

const full = () =>
  `scale=w=${layout.width}:h=${layout.height}:force_original_aspect_ratio=decrease:force_divisible_by=2`;

/** The inset in a frame of its own size, whatever the camera's shape: black beside a narrow picture, a light border. */
function inset(): string {
  const { width, height, border } = layout.inset;
  return (
    `scale=w=${width}:h=${height}:force_original_aspect_ratio=decrease:force_divisible_by=2,` +
    `pad=w=${width}:h=${height}:x=(ow-iw)/2:y=(oh-ih)/2:color=black,` +
    `pad=w=${width + 2 * border}:h=${height + 2 * border}:x=${border}:y=${border}:color=white`
  );
}

/** True while a part has a picture: in its gaps what lies under it is seen, not its last picture frozen. */
function within(ranges: readonly Range[]): string {
  return ranges.map(([from, to]) => `gte(t,${seconds(from)})*lt(t,${seconds(to)})`).join('+');
}

function soundChains(plan: CopyPlan): string[] {
  const { soundHz, limit } = layout;
  const mono = `aformat=sample_rates=${soundHz}:sample_fmts=fltp:channel_layouts=mono`;
  const chains = [`anullsrc=r=${soundHz}:cl=mono:d=${seconds(plan.durationMs)},${mono}[s0]`];
  const heard = numbered(plan, 'sound');
  for (const [input, n] of heard) {
    // Holes within a part become silence of their length; what was heard before the interview is cut away.
    const whole = `[${n}:a]asetpts=PTS-STARTPTS,aresample=${soundHz}:async=1,${mono}`;
    const place =
      input.atMs >= 0
        ? `adelay=delays=${input.atMs}:all=1`
        : `atrim=start=${seconds(-input.atMs)},asetpts=PTS-STARTPTS`;
    chains.push(`${whole},${place}[a${n}]`);
  }
  const names = ['[s0]', ...heard.map(([, n]) => `[a${n}]`)];
  chains.push(
    `${names.join('')}amix=inputs=${names.length}:duration=first:dropout_transition=0:normalize=0,` +
      `alimiter=level=disabled:limit=${limit}[${SOUND_OUT}]`,
  );
  return chains;
}

function labelled(label: string, font: string | null): string {
  const { margin, size } = layout.label;
  const file = font === null ? '' : `fontfile='${quoted(font)}':`;
  return (
    `drawtext=${file}text='${quoted(label)}':expansion=none:x=${margin}:y=h-th-${margin}:fontsize=${size}:fontcolor=white:` +
    'box=1:boxcolor=black@0.6:boxborderw=8'
  );
}

/** Text within single quotes of a filter's option: the quote itself cannot stand there, colons need one more stroke. */
function quoted(text: string): string {
  return text.replaceAll('\\', '/').replaceAll("'", '’').replaceAll(':', '\\:');
}

function numbered(plan: CopyPlan, use: 'main' | 'inset' | 'sound'): (readonly [PlannedInput, number])[] {
  return plan.inputs
    .map((input, n) => [input, n] as const)
    .filter(([input]) => (use === 'sound' ? input.sound : input.picture === use));
}
