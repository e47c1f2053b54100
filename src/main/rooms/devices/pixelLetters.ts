/** The letters of SIMULATED and PRACTICE, five columns by seven rows, for machines without a font. */
const letters: Readonly<Record<string, readonly string[]>> = {
  P: ['####.', '#...#', '#...#', '####.', '#....', '#....', '#....'],
  R: ['####.', '#...#', '#...#', '####.', '#.#..', '#..#.', '#...#'],
  C: ['.####', '#....', '#....', '#....', '#....', '#....', '.####'],
  S: ['.####', '#....', '#....', '.###.', '....#', '....#', '####.'],
  I: ['###', '.#.', '.#.', '.#.', '.#.', '.#.', '###'],
  M: ['#...#', '##.##', '#.#.#', '#.#.#', '#...#', '#...#', '#...#'],
  U: ['#...#', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
  L: ['#....', '#....', '#....', '#....', '#....', '#....', '#####'],
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  T: ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '..#..'],
  E: ['#####', '#....', '#....', '####.', '#....', '#....', '#####'],
  D: ['####.', '#...#', '#...#', '#...#', '#...#', '#...#', '####.'],
};

/** `drawbox` filters that write `text` (of those letters) at x, y with squares of `size` pixels, on a dark plate. */
export function pixelLetters(text: string, x: number, y: number, size: number): string[] {
  const boxes: string[] = [];
  let left = x;
  for (const letter of text) {
    const rows = letters[letter];
    if (rows === undefined) throw new RangeError(`no drawn letter ${letter}`);
    rows.forEach((row, j) => {
      for (const run of row.matchAll(/#+/g)) {
        boxes.push(drawn(left + run.index * size, y + j * size, run[0].length * size, size, 'white'));
      }
    });
    left += ((rows[0]?.length ?? 0) + 1) * size;
  }
  return [drawn(x - 12, y - 12, left - x - size + 24, 7 * size + 24, '0x20282c@0.55'), ...boxes];
}

/** Which figures light each of the seven segments, and where it lies in a figure of 3 by 5 units. */
const segments: readonly (readonly [lit: string, x: number, y: number, w: number, h: number])[] = [
  ['02356789', 0, 0, 3, 1],
  ['045689', 0, 0, 1, 3],
  ['01234789', 2, 0, 1, 3],
  ['2345689', 0, 2, 3, 1],
  ['0268', 0, 2, 1, 3],
  ['013456789', 2, 2, 1, 3],
  ['0235689', 0, 4, 3, 1],
];

/**
 * `drawbox` filters that show hours, minutes and seconds in seven-segment figures. They belong after the time stamps
 * were set to seconds since 1970 (`t`); `offset` is the local time's distance from UTC in seconds.
 */
export function pixelClock(x: number, y: number, size: number, offset: number): string[] {
  const local = `floor(t+${offset})`;
  const figures = [
    `floor(mod(${local},86400)/36000)`,
    `mod(floor(mod(${local},86400)/3600),10)`,
    `floor(mod(${local},3600)/600)`,
    `mod(floor(mod(${local},3600)/60),10)`,
    `floor(mod(${local},60)/10)`,
    `mod(${local},10)`,
  ];
  const boxes = [drawn(x - 12, y - 12, 29 * size + 24, 5 * size + 24, '0x20282c@0.55')];
  figures.forEach((figure, i) => {
    const left = x + (i * 4 + Math.floor(i / 2) * 3) * size;
    if (i > 0 && i % 2 === 0) {
      for (const dot of [1, 3]) boxes.push(drawn(left - 2.5 * size, y + dot * size, size, size, 'white'));
    }
    boxes.push(...pixelFigure(figure, left, y, size));
  });
  return boxes;
}

/**
 * `drawbox` filters of one seven-segment figure, three by five squares of `size` pixels. `figure` is an expression of the
 * frame that comes to 0…9, and nothing is drawn for another value; `y` may be an expression too (`ih-40`).
 */
export function pixelFigure(figure: string, x: number, y: number | string, size: number): string[] {
  return segments.map(([lit, sx, sy, w, h]) => {
    const test = [...lit].map((n) => `eq(${figure},${n})`).join('+');
    const top = typeof y === 'number' ? y + sy * size : `${y}+${sy * size}`;
    return `${drawn(x + sx * size, top, w * size, h * size, 'white')}:enable='${test}'`;
  });
}

export const drawn = (x: number, y: number | string, w: number, h: number, colour: string): string =>
  `drawbox=x=${x}:y=${y}:w=${w}:h=${h}:c=${colour}:t=fill`;
