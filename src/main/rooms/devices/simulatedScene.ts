import { PRACTICE_IN_PICTURE } from '../../../shared/domain/practice.ts';
import { pixelClock, pixelLetters } from './pixelLetters.ts';
import { disc, rounded, type Shape, shapeGraph } from './shapes.ts';

/** A part of the scene that moves: expressions of `t` in seconds for its top left corner. */
interface Moving {
  readonly shape: Shape;
  readonly x: string;
  readonly y: string;
}

interface Scene {
  readonly wall: string;
  readonly still: readonly (Shape & { readonly x: number; readonly y: number })[];
  readonly boxes: readonly string[];
  readonly moving: readonly Moving[];
}

const box = (x: number, y: number, w: number, h: number, colour: string): string =>
  `drawbox=x=${x}:y=${y}:w=${w}:h=${h}:c=${colour}:t=fill`;

/** The wide view: two people in a room made for children, heads nodding a little, a cloud in the window. */
const roomScene: Scene = {
  wall: '#c9b79c',
  boxes: [
    box(0, 470, 1280, 250, '#a98d6e'),
    box(0, 470, 1280, 5, '#b99d7d'),
    box(520, 110, 250, 170, '#ece4d4'),
    box(534, 124, 222, 142, '#9fbfc4'),
    box(60, 180, 150, 290, '#e3d6bd'),
    box(76, 205, 118, 60, '#7fa6a3'),
    box(76, 285, 118, 60, '#d8a97a'),
    box(76, 365, 118, 60, '#8d7088'),
  ],
  still: [
    { ...rounded('#9c8062', 560, 120, 60), x: 380, y: 580 },
    { ...rounded('#8d7088', 330, 280, 64), x: 210, y: 350 },
    { ...rounded('#e9e3d7', 170, 250, 44), x: 290, y: 345 },
    { ...rounded('#6f8f8a', 430, 240, 52), x: 790, y: 360 },
    { ...rounded('#d98f52', 130, 190, 40), x: 930, y: 355 },
    { ...rounded('#7b5e42', 170, 90, 16), x: 570, y: 540 },
  ],
  moving: [
    { shape: disc('#3b302c', 150), x: '300+5*sin(t*0.8)', y: '212+4*sin(t*1.9)' },
    { shape: disc('#4d3a31', 122), x: '934+6*sin(t*0.6+1)', y: '248+4*sin(t*1.3+2)' },
    { shape: rounded('#d6e3e3', 64, 20, 10), x: '540+mod(t*3,150)', y: '160' },
  ],
};

/** The close view: head and shoulders, swaying as a person does who speaks. */
const faceScene: Scene = {
  wall: '#bfad95',
  boxes: [box(0, 600, 1280, 120, '#b3a088'), box(960, 90, 200, 260, '#cdbfa8'), box(976, 106, 168, 228, '#a9c0b4')],
  still: [{ ...rounded('#d98f52', 640, 420, 150), x: 320, y: 500 }],
  moving: [
    { shape: disc('#4d3a31', 410), x: '435+9*sin(t*0.6)', y: '118+5*sin(t*1.3)' },
    { shape: disc('#c99a76', 326), x: '477+11*sin(t*0.6)', y: '208+7*sin(t*1.3)' },
  ],
};

/**
 * A simulated camera's picture as an ffmpeg `lavfi` graph: 1280×720, 25 frames a second, yuv420p, drawn once and then
 * repeated with a few moving shapes, so that it costs little. The word SIMULATED and the local time are in the picture:
 * written with `font` (a path), or drawn in boxes when it is null. Time stamps count from the wall clock at the start
 * of the graph, so that ffmpeg prints it as the input's `start`; the caller paces it with `-re`. A practice room's picture
 * says instead, in large letters across its foot too, that it is practice.
 */
export function simulatedScene(view: 'room' | 'face', font: string | null, practice = false): string {
  const scene = view === 'room' ? roomScene : faceScene;
  const chains: string[] = [];
  let below = 'base';
  const base = [`color=c=${scene.wall}:s=1280x720:r=25:d=0.04`, 'format=yuv420p', ...scene.boxes];
  chains.push(`${base.join(',')}[${below}]`);
  scene.still.forEach((shape, i) => {
    chains.push(shapeGraph(shape, `s${i}`), `[${below}][s${i}]overlay=${shape.x}:${shape.y}[b${i}]`);
    below = `b${i}`;
  });
  const word = practice ? practiceWords(font) : simulatedWord(font);
  chains.push(`[${below}]${[...word, 'loop=-1:1:0', 'setpts=N/25/TB'].join(',')}[still]`);
  below = 'still';
  scene.moving.forEach(({ shape, x, y }, i) => {
    chains.push(shapeGraph(shape, `m${i}`), `[${below}][m${i}]overlay=x='${x}':y='${y}':eval=frame[o${i}]`);
    below = `o${i}`;
  });
  const offset = -60 * new Date().getTimezoneOffset();
  const clock = font === null ? pixelClock(1066, 40, 6, offset) : [writing(font, localTime, 'w-tw-40')];
  chains.push(`[${below}]${['settb=1/1000000', 'setpts=PTS-STARTPTS+RTCSTART', ...clock].join(',')}`);
  return chains.join(';');
}

const simulatedWord = (font: string | null): string[] =>
  font === null ? pixelLetters('SIMULATED', 40, 40, 4) : [writing(font, 'SIMULATED', '40')];

/** Twice, above and below, so that no cut of the picture is without it. */
function practiceWords(font: string | null): string[] {
  if (font === null) return [...pixelLetters('PRACTICE', 40, 40, 4), ...pixelLetters('PRACTICE', 400, 600, 10)];
  return [
    writing(font, PRACTICE_IN_PICTURE, '40'),
    writing(font, PRACTICE_IN_PICTURE, '(w-tw)/2', { y: 'h-th-50', size: 44 }),
  ];
}

/** Escaped for the clock's own expansion and once more for the option; not `%F %T`, which older Windows does not know. */
const localTime = '%{localtime\\:%Y-%m-%d %H\\\\\\:%M\\\\\\:%S}';

function writing(font: string, text: string, x: string, { y = '40', size = 30 } = {}): string {
  // Within a graph a colon ends an option, also in `C:/Windows`: it is escaped once for the option, once for the graph.
  const path = font.replaceAll('\\', '/').replaceAll(':', '\\\\:').replaceAll("'", "\\\\\\'");
  return (
    `drawtext=fontfile=${path}:text='${text}':x=${x}:y=${y}:fontsize=${size}:fontcolor=white:` +
    'box=1:boxcolor=0x20282c@0.55:boxborderw=12'
  );
}
