import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { migrate, migrations, openDatabase } from '../../../src/main/database/index.ts';
import { soundType } from '../../../src/main/tablet/soundType.ts';
import { Voices } from '../../../src/main/tablet/voices.ts';
import { spokenWords } from '../../../src/shared/domain/childWishes.ts';
import { words } from '../../../src/shared/i18n/index.ts';
import { refusalOf, StillClock } from '../../support/testStation.ts';

const shipped = fileURLToPath(new URL('../../../resources/voice', import.meta.url));
const actor = { id: 'a-1', role: 'administrator' };
const wav = (length = 60) => {
  const bytes = new Uint8Array(length);
  bytes.set(new TextEncoder().encode('RIFF....WAVE'));
  return bytes;
};

let events: { action: string; details: unknown }[];
let voices: Voices;
beforeEach(() => {
  events = [];
  const db = openDatabase(':memory:');
  migrate(db, migrations, { backupTo: '', now: new Date() });
  const append = (event: { action: string; details: unknown }) => events.push(event);
  voices = new Voices({ db, clock: new StillClock(), custody: () => ({ append }), stationId: () => 'test' });
});

describe('the stand-ins', () => {
  it('say in every language the words of the screens, are marked as synthetic, and are short sounds', () => {
    const lines = voices.all();
    expect(lines).toHaveLength(21);
    for (const { language, said, kind, words: spoken, sha256 } of lines) {
      expect(spoken, `${language} ${said}`).toBe(words[language].child.says[said]);
      expect(kind).toBe('synthetic');
      const { bytes, mediaType, sha256: of } = voices.sound(language, said);
      expect({ mediaType, of }).toEqual({ mediaType: 'audio/mpeg', of: sha256 });
      expect(bytes.length).toBeGreaterThan(5_000);
      expect(bytes.length).toBeLessThan(60_000);
    }
    for (const language of ['kk', 'ru', 'en']) {
      const made: unknown = JSON.parse(readFileSync(join(shipped, language, 'voice.json'), 'utf8'));
      expect(made).toMatchObject({ synthetic: true, made: expect.stringContaining('espeak-ng') });
    }
    expect(voices.soundsOf('kk').map(({ said }) => said)).toEqual([...spokenWords]);
  });
});

describe('a person’s voice', () => {
  it('stands in place of the stand-in until it is taken back, and both are in the log', () => {
    expect(voices.set({ language: 'kk', said: 'break' }, wav(), actor)).toMatchObject({ kind: 'recorded' });
    expect(voices.kindOf('kk', 'break')).toBe('recorded');
    expect(voices.kindOf('ru', 'break')).toBe('synthetic');
    expect(voices.sound('kk', 'break')).toMatchObject({ mediaType: 'audio/wav', bytes: wav() });
    voices.reset({ language: 'kk', said: 'break' }, actor);
    voices.reset({ language: 'kk', said: 'break' }, actor);
    expect(voices.kindOf('kk', 'break')).toBe('synthetic');
    expect(events.map(({ action }) => action)).toEqual(['voice.changed', 'voice.changed']);
    expect(events[0]?.details).toMatchObject({ language: 'kk', said: 'break', kind: 'recorded', bytes: 60 });
  });

  it('is a sound of a mebibyte at most, and nothing changes where it is not', async () => {
    const set = (bytes: Uint8Array) => refusalOf(() => voices.set({ language: 'en', said: 'wait' }, bytes, actor));
    expect(await set(new TextEncoder().encode('<svg onload="x">'))).toBe('VOICE_NOT_SOUND');
    expect(await set(new Uint8Array())).toBe('VOICE_NOT_SOUND');
    expect(await set(wav(1024 * 1024 + 1))).toBe('VOICE_TOO_LONG');
    expect(voices.set({ language: 'en', said: 'wait' }, wav(1024 * 1024), actor).kind).toBe('recorded');
    expect(events).toHaveLength(1);
  });
});

it('sounds are told by their first bytes', () => {
  const of = (...bytes: number[]) => soundType(Uint8Array.from(bytes));
  expect(of(0x4f, 0x67, 0x67, 0x53)).toBe('audio/ogg');
  expect(of(0x49, 0x44, 0x33, 4)).toBe('audio/mpeg');
  expect(of(0xff, 0xfb, 0x90, 0)).toBe('audio/mpeg');
  // AAC in ADTS begins with ones too, and is not offered.
  expect(of(0xff, 0xf1, 0x50, 0x80)).toBeNull();
  expect(of(0x3c, 0x68, 0x74, 0x6d)).toBeNull();
});
