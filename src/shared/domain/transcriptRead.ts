import { type Cue, TRANSCRIPT_BYTES, TRANSCRIPT_CUES } from './transcript.ts';
import { readText, type TextEncoding } from './transcriptBytes.ts';

/** What stands in a file at a line (from 1) that could not be read as it stands. Its text was kept. */
export interface ReadFault {
  readonly line: number;
  readonly what: 'header' | 'time' | 'backwards' | 'no-text' | 'no-time' | 'letters';
  /** What stands there, cut short. */
  readonly said: string;
}

export type TranscriptForm = 'webvtt' | 'srt' | 'text';

/** A transcript as a file has it: every word of it, and what was wrong by line. */
export interface ReadTranscript {
  readonly form: TranscriptForm;
  readonly encoding: TextEncoding;
  readonly cues: readonly Cue[];
  readonly faults: readonly ReadFault[];
}

/** Why a file is not read at all. */
export type NotRead = 'too-large' | 'empty' | 'too-many' | 'not-text';

/**
 * Reads a transcript: WebVTT (W3C Recommendation-track, §6), SubRip, or plain text, by what stands in it. A block whose
 * times cannot be read keeps its words, without a place; nothing is left out but comments, styles and regions of WebVTT.
 */
export function readTranscript(bytes: Uint8Array): ReadTranscript | NotRead {
  if (bytes.length > TRANSCRIPT_BYTES) return 'too-large';
  const { text, encoding } = readText(bytes);
  if (text.trim() === '') return 'empty';
  if (text.includes('\u0000')) return 'not-text';
  if (new TextEncoder().encode(text).length > TRANSCRIPT_BYTES) return 'too-large';
  const lines = text
    .replace(/^\uFEFF/, '')
    .normalize('NFC')
    .split(/\r\n|\r|\n/);
  const webvtt = /^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '');
  const timed = lines.some((line) => line.includes('-->'));
  const form: TranscriptForm = webvtt ? 'webvtt' : timed ? 'srt' : 'text';
  const read = form === 'text' ? plainLines(lines) : blocks(lines, form);
  const lost = lines.findIndex((line) => line.includes('\uFFFD'));
  if (lost >= 0) read.faults.push({ line: lost + 1, what: 'letters', said: short(lines[lost] ?? '') });
  if (read.cues.length > TRANSCRIPT_CUES) return 'too-many';
  return read.cues.length === 0 ? 'empty' : { form, encoding, ...read };
}

interface Reading {
  readonly cues: Cue[];
  readonly faults: ReadFault[];
}

const short = (line: string): string => (line.length > 60 ? `${line.slice(0, 59)}…` : line);

/** One line a cue; a time before it (`00:12:31`, in brackets or not) places it. */
function plainLines(lines: readonly string[]): Reading {
  const cues: Cue[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    const timed = /^\s*\[?(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?:[.,](\d{1,3}))?\]?[\s:–-]+(.*)$/.exec(line);
    const [, first = '0', second = '0', third, thousandths = '', rest = line] = timed ?? [];
    const [hours, minutes, seconds] = third === undefined ? ['0', first, second] : [first, second, third];
    const fromMs = timed === null ? null : millis(hours, minutes, seconds, thousandths);
    cues.push(...cut({ fromMs, toMs: null, ...speakerOf(rest.trim()) }));
  }
  return { cues, faults: [] };
}

/** Blocks between empty lines, each with a line of times (`from --> to`), as WebVTT and SubRip have them. */
function blocks(lines: readonly string[], form: 'webvtt' | 'srt'): Reading {
  const cues: Cue[] = [];
  const faults: ReadFault[] = [];
  let at = form === 'webvtt' ? headEnd(lines) : 0;
  while (at < lines.length) {
    if (lines[at]?.trim() === '') {
      at += 1;
      continue;
    }
    const begin = at;
    at = blockEnd(lines, begin);
    readBlock(lines.slice(begin, at), begin + 1, form, { cues, faults });
  }
  return { cues, faults };
}

/** Where a block ends: at an empty line, or where the next one's times begin without one. */
function blockEnd(lines: readonly string[], begin: number): number {
  let timed = false;
  for (let at = begin; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') return at;
    if (!line.includes('-->')) continue;
    if (timed) return at - 1 > begin && /^\s*\d+\s*$/.test(lines[at - 1] ?? '') ? at - 1 : at;
    timed = true;
  }
  return lines.length;
}

/** What follows `WEBVTT` up to the first empty line is its header. */
function headEnd(lines: readonly string[]): number {
  const end = lines.findIndex((line) => line.trim() === '');
  const cue = lines.findIndex((line) => line.includes('-->'));
  return end < 0 || (cue >= 0 && cue < end) ? 1 : end;
}

function readBlock(block: readonly string[], line: number, form: 'webvtt' | 'srt', into: Reading): void {
  const [first = ''] = block;
  if (form === 'webvtt' && /^(NOTE|STYLE|REGION)(?:[ \t]|$)/.test(first)) return;
  const times = block.findIndex((one) => one.includes('-->'));
  if (times < 0) {
    // A number alone is SubRip's count of a cue that was emptied.
    const lone = block.length === 1 && /^\d+$/.test(first.trim());
    into.faults.push({ line, what: lone ? 'no-text' : 'no-time', said: short(first) });
    if (!lone) into.cues.push(...cut({ fromMs: null, toMs: null, ...wordsOf(block, form) }));
    return;
  }
  const before = block.slice(0, times).filter((one, index) => index < times - 1 || !isName(one, form));
  const words = wordsOf([...before, ...block.slice(times + 1)], form);
  const where = { line: line + times, said: short(block[times] ?? '') };
  if (words.text === '') {
    into.faults.push({ ...where, what: 'no-text' });
    return;
  }
  const range = rangeOf(block[times] ?? '', form);
  if (range === null) into.faults.push({ ...where, what: 'time' });
  else if (range.toMs <= range.fromMs) into.faults.push({ ...where, what: 'backwards' });
  const placed = range === null ? { fromMs: null, toMs: null } : range;
  into.cues.push(...cut({ ...placed, ...words }));
}

/** The line above the times: SubRip's count, or any name of a WebVTT cue. */
const isName = (line: string, form: 'webvtt' | 'srt'): boolean => form === 'webvtt' || /^\s*\d+\s*$/.test(line);

function rangeOf(line: string, form: 'webvtt' | 'srt'): { fromMs: number; toMs: number } | null {
  const time =
    form === 'webvtt'
      ? '(?:(\\d{2,}):)?([0-5]\\d):([0-5]\\d)\\.(\\d{3})'
      : '(\\d{1,3}):([0-5]\\d):([0-5]\\d)[,.](\\d{1,3})';
  const found = new RegExp(`^\\s*${time}\\s+-->\\s+${time}(?:\\s.*)?$`).exec(line);
  if (found === null) return null;
  const [, h1, m1, s1, t1, h2, m2, s2, t2] = found;
  const range = { fromMs: millis(h1, m1, s1, t1), toMs: millis(h2, m2, s2, t2) };
  return Math.max(range.fromMs, range.toMs) > 86_400_000 ? null : range;
}

function millis(hours = '0', minutes = '0', seconds = '0', thousandths = ''): number {
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(thousandths.padEnd(3, '0'));
}

function wordsOf(lines: readonly string[], form: 'webvtt' | 'srt'): Pick<Cue, 'speaker' | 'text'> {
  const text = lines.join('\n').trim();
  if (form === 'srt') return speakerOf(text);
  const voice = /^<v(?:\.[^\s>]*)?[ \t]+([^>]*)>([\s\S]*)$/.exec(text);
  if (voice === null) return speakerOf(plain(text));
  const [, speaker = '', said = ''] = voice;
  return { speaker: nameOf(plain(speaker)), text: plain(said.replace(/<\/v>\s*$/, '')).trim() };
}

/** WebVTT's character references; any other markup stays as the letters that it is. */
function plain(text: string): string {
  const known: Readonly<Record<string, string>> = { lt: '<', gt: '>', nbsp: '\u00a0', lrm: '', rlm: '', amp: '&' };
  return text.replaceAll(/&(lt|gt|nbsp|lrm|rlm|amp);/g, (whole, name: string) => known[name] ?? whole);
}

/** `K-7F3A: …`, `Психолог: …`: a short name with a capital before a colon is who speaks. */
function speakerOf(text: string): Pick<Cue, 'speaker' | 'text'> {
  const found = /^([\p{Lu}\p{N}][\p{L}\p{N}.-]*(?: [\p{L}\p{N}.-]+){0,2}):[ \t]+(\S[\s\S]*)$/u.exec(text);
  const [, speaker = '', said = ''] = found ?? [];
  return found === null || speaker.length > 24 ? { speaker: null, text } : { speaker, text: said };
}

const nameOf = (name: string): string | null => (name.trim() === '' ? null : name.trim().slice(0, 40));

/** What is longer than a cue may be goes on in the next: nothing is cut off. */
function cut(cue: Cue): Cue[] {
  const pieces = cue.text.match(/[\s\S]{1,4000}/gu) ?? [];
  return pieces.map((text, index) => (index === 0 ? { ...cue, text } : { ...cue, fromMs: null, toMs: null, text }));
}
