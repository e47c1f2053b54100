/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-rooms.json`. */
export const roomErrors = [
  'ROOM_UNKNOWN',
  'ROOM_INCOMPLETE',
  'DEVICE_MISSING',
  'FFMPEG_MISSING',
  'FFMPEG_UNSUITABLE',
] as const;
