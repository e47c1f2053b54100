/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-rooms.json`. */
export const roomErrors = [
  'ROOM_UNKNOWN',
  'ROOM_INCOMPLETE',
  'DEVICE_MISSING',
  'DEVICE_ADDRESS_INVALID',
  'DEVICE_UNREACHABLE',
  'DEVICE_LOGIN_REFUSED',
  'FFMPEG_MISSING',
  'FFMPEG_UNSUITABLE',
  'PRACTICE_DEVICES_ONLY',
] as const;
