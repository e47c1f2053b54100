/** The name of a track's n-th part without extension: `room`, then `room.2`, `room.3`. */
export const partName = (track: string, number: number): string => (number === 1 ? track : `${track}.${number}`);

/** The files of a part, by its name, within an exhibit's `tracks` folder. */
export const partFiles = (part: string) => ({
  media: `${part}.mp4`,
  segments: `${part}.segments.jsonl`,
  heads: `${part}.heads`,
});

/** The folder of an exhibit that holds its parts. */
export const TRACKS = 'tracks';
