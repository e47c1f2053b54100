// Makes the stand-in voices of the child's tablet from the words of the screens: `node scripts/voice.mjs`, with espeak-ng and
// ffmpeg (Debian's packages). Slow and low, faded in and out. They are marked as synthetic, and are there to be replaced.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VOICES = { kk: 'kk', ru: 'ru', en: 'en-gb' };
/** Words a minute, pitch and amplitude of 0 to 99 and 0 to 200, pauses between words in hundredths of a second. */
const MANNER = ['-s', '118', '-p', '28', '-a', '80', '-g', '3'];
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const version = /text-to-speech: (\S+)/.exec(execFileSync('espeak-ng', ['--version'], { encoding: 'utf8' }))?.[1];

for (const [language, voice] of Object.entries(VOICES)) {
  const { says } = JSON.parse(readFileSync(at(`src/shared/i18n/${language}/child.json`), 'utf8'));
  const folder = at(`resources/voice/${language}`);
  mkdirSync(folder, { recursive: true });
  for (const [said, words] of Object.entries(says)) {
    const wav = execFileSync('espeak-ng', ['-v', voice, ...MANNER, '--stdout', words], { maxBuffer: 1 << 24 });
    const softly =
      'areverse,afade=d=0.08,areverse,afade=d=0.05,highpass=f=90,lowpass=f=5200,adelay=60,apad=pad_dur=0.15';
    const shape = ['-af', softly, '-ac', '1', '-ar', '22050', '-codec:a', 'libmp3lame', '-b:a', '40k'];
    const plain = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', 'pipe:0', ...shape, ...plain, `${folder}/${said}.mp3`], {
      input: wav,
    });
  }
  const made = `espeak-ng ${version}, voice ${voice}, ${MANNER.join(' ')}`;
  writeFileSync(`${folder}/voice.json`, `${JSON.stringify({ synthetic: true, made, says }, null, 2)}\n`);
}
