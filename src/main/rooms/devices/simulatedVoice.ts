/**
 * Speech-like sound as an ffmpeg `aevalsrc` graph: a harmonic voice with syllables (about four a second), falling
 * melody and pauses, over very quiet room noise so that silence is not digital silence. The two microphones take
 * turns in a cycle of ten seconds and hear each other faintly, as two microphones in one room do. 48 kHz, mono;
 * made at 16 kHz because it costs a third and a voice has nothing above. Time stamps count from the wall clock at
 * the start of the graph, so that ffmpeg prints it as the input's `start`.
 */
export function simulatedVoice(microphone: 'mic1' | 'mic2'): string {
  const near = microphone === 'mic1' ? child : adult;
  const far = microphone === 'mic1' ? adult : child;
  const sound = `0.5*(${voice(near)})+0.06*(${voice(far)})+0.0012*(random(0)-0.5)`;
  return `aevalsrc=exprs='${sound}':s=16000:n=320,aresample=48000,asettb=1/1000000,asetpts=PTS-STARTPTS+RTCSTART`;
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

function voice({ pitch, from, to, syllables }: Voice): string {
  const phase = `2*PI*${pitch}*t+5*sin(2*PI*0.31*t)`;
  const harmonics = [0.5, 0.32, 0.2, 0.1].map((weight, i) => `${weight}*sin(${i + 1}*(${phase}))`).join('+');
  const syllable = `pow(abs(sin(PI*${syllables}*t)),0.7)*(0.7+0.3*sin(2*PI*0.47*t))`;
  return `between(mod(t,10),${from},${to})*${syllable}*(${harmonics})`;
}
