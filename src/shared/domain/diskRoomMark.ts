/** Room for less than this is little: when people are warned. */
export const LITTLE_ROOM_MS = 3_600_000;

/** True where recordings fit for less than an hour; false where that is not known. */
export const littleRoom = (lastsMs: number | null): boolean => lastsMs !== null && lastsMs < LITTLE_ROOM_MS;
