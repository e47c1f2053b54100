import type { Cue } from './transcript.ts';

/** `00:12:31.040`. */
function vttTime(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}.${String(ms % 1000).padStart(3, '0')}`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r\n?/g, '\n');

/** How long a cue without an end lasts where no other begins. */
const LONE_MS = 5_000;

/**
 * Writes cues as WebVTT, in the order of their times, speakers as voices; markup is written as the letters that it is. Those
 * without a place are left out: see that there are none. `durationMs` bounds an end that nobody set.
 */
export function webvtt(cues: readonly Cue[], { note, durationMs }: { note: string; durationMs: number }): string {
  const placed = cues
    .flatMap((cue) => (cue.fromMs === null ? [] : [{ ...cue, fromMs: cue.fromMs }]))
    .sort((a, b) => a.fromMs - b.fromMs);
  const blocks = placed.map(({ fromMs, toMs, speaker, text }, index) => {
    const next = placed[index + 1]?.fromMs ?? durationMs;
    const open = next > fromMs ? Math.min(next, fromMs + LONE_MS) : fromMs + 1000;
    // An empty line would end the cue, so it is left out of its words.
    const words = escaped(text.trim().replaceAll(/\n\s*\n/g, '\n'));
    const voice = speaker === null ? '' : `<v ${escaped(speaker).replaceAll('\n', ' ')}>`;
    return `${vttTime(fromMs)} --> ${vttTime(toMs === null || toMs <= fromMs ? open : toMs)}\n${voice}${words}\n`;
  });
  return `WEBVTT\n\nNOTE ${escaped(note).replaceAll('\n', ' ')}\n\n${blocks.join('\n')}`;
}
