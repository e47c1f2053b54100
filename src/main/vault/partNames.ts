/** The names under which a part stands on a target. */
export interface PartNames {
  /** The part itself, without extension: `room`, `room.2`. */
  readonly part: string;
  /** The age file: `room.mp4.age`. */
  readonly main: string;
  /** Two tail files that are written by turns, so that one of them is always whole: `room.tail.age`, `room.tail.alt.age`. */
  readonly tails: readonly [string, string];
}

/** The names for a part's plain file name (`room.2.mp4`). */
export function partNames(file: string): PartNames {
  const part = file.replace(/\.[^.]+$/, '');
  return { part, main: `${file}.age`, tails: [`${part}.tail.age`, `${part}.tail.alt.age`] };
}
