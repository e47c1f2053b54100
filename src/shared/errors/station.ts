/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-station.json`. */
export const stationErrors = [
  'STATION_NOT_A_STATION',
  'STATION_FROM_THE_FUTURE',
  'STATION_IN_USE',
  'STATION_READ_ONLY',
  'STATION_NOT_SET_UP',
  'STATION_ALREADY_SET_UP',
  'REQUEST_MALFORMED',
  'NOT_FROM_A_KNOWN_SCREEN',
  'INTERNAL',
  'JOB_UNKNOWN',
  'JOB_CANCELLED',
  'USAGE',
  'PRACTICE_ID_TAKEN',
] as const;
