/**
 * Speech-like sound as an ffmpeg `aevalsrc` graph: a harmonic voice with syllables (about four a second), falling
 * melody and pauses, over very quiet room noise so that silence is not digital silence. The two microphones take
 * turns in a cycle of ten seconds and hear each other faintly, as two microphones in one room do; the interpreter, in
 * another room, speaks into both turns and hears nobody else. 48 kHz, mono;
 * made at 8 kHz, where it costs a sixth: these voices have nothing above 1 kHz. Time stamps count from the wall clock at
 * the start of the graph, so that ffmpeg prints it as the input's `start`.
 */
export function simulatedVoice(microphone: 'mic1' | 'mic2' | 'interpreter'): string {
  const [near, far] = microphone === 'mic1' ? [child, adult] : [adult, child];
  const speech =
    microphone === 'interpreter' ? `0.5*(${voice(interpreter)})` : `0.5*(${voice(near)})+0.06*(${voice(far)})`;
  const sound = `${speech}+0.0012*(random(0)-0.5)`;
  return `aevalsrc=exprs='${sound}':s=8000:n=160,aresample=48000,asettb=1/1000000,asetpts=PTS-STARTPTS+RTCSTART`;
}

interface Voice {
  readonly pitch: number;
  readonly from: number;
  readonly to: number;
  readonly syllables: number;
}

/** Seconds of the cycle in which each of the two speaks. */
const child: Voice = { pitch: 235, from: 0.4, to: 5.2, syllables: 3.3 };
const adult: Voice = { pitch: 128, from: 5.9, to: 9.3, syllables: 3.9 };
const interpreter: Voice = { pitch: 176, from: 2.6, to: 8.8, syllables: 4.4 };

/** The phase is worked out once a sample and kept in register 0 (`st`, `ld`) for the harmonics. */
function voice({ pitch, from, to, syllables }: Voice): string {
  const phase = `st(0,2*PI*${pitch}*t+5*sin(2*PI*0.31*t))`;
  const harmonics = [0.5, 0.32, 0.2, 0.1].map((weight, i) => `${weight}*sin(${i + 1}*ld(0))`).join('+');
  const syllable = `sqrt(abs(sin(PI*${syllables}*t)))*(0.7+0.3*sin(2*PI*0.47*t))`;
  return `if(between(mod(t,10),${from},${to}),0*${phase}+${syllable}*(${harmonics}),0)`;
}
