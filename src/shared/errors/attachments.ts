/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-attachments.json`. */
export const attachmentErrors = [
  'ATTACHMENT_UNKNOWN',
  'ATTACHMENT_EMPTY',
  'ATTACHMENT_TYPE_REFUSED',
  'ATTACHMENT_TOO_LARGE',
  'ATTACHMENT_DAMAGED',
  'SUPPLEMENT_UNKNOWN',
  'SUPPLEMENT_DAMAGED',
] as const;
