/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-archive.json`. */
export const archiveErrors = [
  'EXPORT_FOLDER_UNUSABLE',
  'EXPORT_EXISTS',
  'EXHIBIT_WRONG_STATE',
  'IMPORT_REFUSED',
  'EXHIBIT_ALREADY_HERE',
  'RECIPIENT_INVALID',
  'BAG_SOURCE_DIFFERS',
  'ACCEPT_REFUSED',
  'IMPORT_UNESTABLISHED',
  'LEVELLING_SOURCE_DAMAGED',
  'LEVELLING_WAITS',
  'CERTIFICATE_CHECK_FAILED',
  'PAPER_NOT_WRITTEN',
] as const;
