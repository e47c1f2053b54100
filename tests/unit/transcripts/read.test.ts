import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cue, cueAt, cueTroubles, piecesOfText, TRANSCRIPT_BYTES } from '../../../src/shared/domain/transcript.ts';
import { type ReadTranscript, readTranscript } from '../../../src/shared/domain/transcriptRead.ts';
import { webvtt } from '../../../src/shared/domain/transcriptWrite.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
function read(from: string | Uint8Array): ReadTranscript {
  const got = readTranscript(typeof from === 'string' ? bytes(from) : from);
  if (typeof got === 'string') throw new Error(got);
  return got;
}
const cue = (fromMs: number | null, toMs: number | null, text: string, speaker: string | null = null): Cue => ({
  ...{ fromMs, toMs, speaker, text },
});

describe('a transcript is read', () => {
  it('as WebVTT: names, voices, settings, references; comments and styles left out', () => {
    const { form, encoding, cues, faults } = read(
      'WEBVTT - made elsewhere\nKind: captions\n\nNOTE not said\nby anybody\n\nSTYLE\n::cue {}\n\nfirst\n00:01.500 --> 00:03.000 align:start\n<v Психолог>Сәлем &amp; қош &lt;b&gt;</v>\n\n01:00:00.000 --> 01:00:02.000\nтұр\nотыр\n',
    );
    expect({ form, encoding, faults }).toEqual({ form: 'webvtt', encoding: 'utf-8', faults: [] });
    expect(cues).toEqual([cue(1500, 3000, 'Сәлем & қош <b>', 'Психолог'), cue(3_600_000, 3_602_000, 'тұр\nотыр')]);
  });

  it('as SubRip, also with line ends of Windows and without empty lines between', () => {
    const { form, cues, faults } = read(
      '1\r\n00:00:01,000 --> 00:00:02,500\r\nK-7F3A: иә\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nжоқ\r\n',
    );
    expect({ form, faults }).toEqual({ form: 'srt', faults: [] });
    expect(cues).toEqual([cue(1000, 2500, 'иә', 'K-7F3A'), cue(3000, 4000, 'жоқ')]);
  });

  it('as plain text, a time before a line placing it', () => {
    const { form, cues } = read('[00:12:31] Психолог: Что было потом?\n\nне помню\n1:05 - да\n');
    expect(form).toBe('text');
    expect(cues).toEqual([
      cue(751_000, null, 'Что было потом?', 'Психолог'),
      cue(null, null, 'не помню'),
      cue(65_000, null, 'да'),
    ]);
  });

  it('with markup and scripts as the letters that they are', () => {
    const { cues } = read('WEBVTT\n\n00:00.000 --> 00:01.000\n<script>alert(1)</script> <b>x</b>\n');
    expect(cues[0]?.text).toBe('<script>alert(1)</script> <b>x</b>');
  });

  it('with what is broken told by its line, and no word lost', () => {
    const { cues, faults } = read(
      'WEBVTT\n\n00:00.000 --> 00:0x.000\nодин\n\n00:05.000 --> 00:04.000\nдва\n\nтри\nчетыре\n\n00:08.000 --> 00:09.000\n\n00:61.000 --> 01:02.000\nпять\n',
    );
    expect(faults).toEqual([
      { line: 3, what: 'time', said: '00:00.000 --> 00:0x.000' },
      { line: 6, what: 'backwards', said: '00:05.000 --> 00:04.000' },
      { line: 9, what: 'no-time', said: 'три' },
      { line: 12, what: 'no-text', said: '00:08.000 --> 00:09.000' },
      { line: 14, what: 'time', said: '00:61.000 --> 01:02.000' },
    ]);
    expect(cues.map(({ text }) => text)).toEqual(['один', 'два', 'три\nчетыре', 'пять']);
    expect(cues.map(({ fromMs }) => fromMs)).toEqual([null, 5000, null, null]);
  });

  it('in other encodings, which is said', () => {
    const text = 'WEBVTT\n\n00:00.000 --> 00:01.000\nҚұралай: әңгіме\n';
    const le = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect(read(le)).toMatchObject({ encoding: 'utf-16le', cues: [cue(0, 1000, 'әңгіме', 'Құралай')] });
    expect(read(le.subarray(2)).encoding).toBe('utf-16le');
    const be = new Uint8Array(Buffer.from(le).swap16());
    expect(read(be)).toMatchObject({ encoding: 'utf-16be', cues: [cue(0, 1000, 'әңгіме', 'Құралай')] });
    const old = new Uint8Array([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    expect(read(old)).toMatchObject({ encoding: 'windows-1251', cues: [cue(null, null, 'Привет')] });
  });

  it('or not at all, and why', () => {
    expect(readTranscript(new Uint8Array(10 * 1024 * 1024))).toBe('too-large');
    // Twice as long once it is UTF-8, in which it is kept.
    expect(readTranscript(new Uint8Array(TRANSCRIPT_BYTES).fill(0xcf))).toBe('too-large');
    expect(readTranscript(bytes(' \n\n'))).toBe('empty');
    expect(readTranscript(bytes('WEBVTT\n'))).toBe('empty');
    expect(readTranscript(bytes('x\n'.repeat(7000)))).toBe('too-many');
    expect(readTranscript(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1]))).toBe('not-text');
  });

  it('whatever the bytes are: without falling over', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (some) => void readTranscript(some)),
      { numRuns: 300 },
    );
    const line = fc.constantFrom(
      'WEBVTT',
      '',
      '1',
      '00:01.000 --> 00:02.000',
      '-->',
      'NOTE',
      'a: b',
      '00:00:01,5 --> 00:00:09,0',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => void readTranscript(bytes(lines.join('\n')))),
      { numRuns: 300 },
    );
  });
});

describe('written as WebVTT', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((said) => {
    const nfc = said.normalize('NFC').trim();
    return nfc !== '' && !/[\p{Cc}\p{Cs}\uFFFD\u2028\u2029\u00a0]/u.test(said) && !nfc.includes(': ');
  });
  it('reads back the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 8 }), (said) => {
        const cues = said.map(([speaker, text], index) =>
          cue(index * 2000, index * 2000 + 1500, text.normalize('NFC').trim(), speaker.normalize('NFC').trim()),
        );
        const again = read(webvtt(cues, { note: 'exhibit --> <x>', durationMs: 60_000 }));
        expect(again.faults).toEqual([]);
        expect(again.cues).toEqual(cues);
      }),
      { numRuns: 200 },
    );
  });

  it('in the order of time, an end that nobody set at the next one', () => {
    const text = webvtt([cue(4000, null, 'b'), cue(1000, null, 'a\n\nc'), cue(null, null, 'left out')], {
      note: 'n',
      durationMs: 6000,
    });
    expect(text).toBe('WEBVTT\n\nNOTE n\n\n00:00:01.000 --> 00:00:04.000\na\nc\n\n00:00:04.000 --> 00:00:06.000\nb\n');
  });
});

describe('cues', () => {
  it('that overlap, run backwards, have no place or lie beyond the end are found', () => {
    const cues = [
      cue(0, 2000, 'a'),
      cue(1500, 3000, 'b'),
      cue(1000, 1200, 'c'),
      cue(null, null, 'd'),
      cue(9000, 9500, 'e'),
    ];
    expect(cueTroubles(cues, 9200)).toEqual([
      { cue: 1, what: 'overlap' },
      { cue: 2, what: 'backwards' },
      { cue: 3, what: 'not-placed' },
      { cue: 4, what: 'beyond-end' },
    ]);
    expect(cueTroubles([cue(0, 1000, 'a'), cue(1000, 2000, 'b')], 2000)).toEqual([]);
  });

  it('are found by the moment, silence too', () => {
    const cues = [cue(1000, 2000, 'a'), cue(null, null, 'b'), cue(3000, null, 'c')];
    expect([0, 1000, 1999, 2000, 3500].map((at) => cueAt(cues, at))).toEqual([-1, 0, 0, -1, 2]);
  });

  it('references in a text are found, and others left', () => {
    expect(piecesOfText('до [00:12:31] после [0:99:00] [1:00:00]')).toEqual([
      { text: 'до ', atMs: null },
      { text: '[00:12:31]', atMs: 751_000 },
      { text: ' после [0:99:00] ', atMs: null },
      { text: '[1:00:00]', atMs: 3_600_000 },
    ]);
  });
});
