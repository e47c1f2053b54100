/** What may be kept beside a recording, by content; each with the ending that a file of it gets. */
export const attachmentTypes = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/vtt': 'vtt',
  'application/json': 'json',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  /** A signature made elsewhere, such as a national one: CMS in DER. */
  'application/pkcs7-signature': 'p7s',
} as const;
export type AttachmentType = keyof typeof attachmentTypes;

export const isAttachmentType = (type: string): type is AttachmentType => Object.hasOwn(attachmentTypes, type);

/** The longest file that is kept, in bytes: 64 MB. */
export const LONGEST_ATTACHMENT = 64_000_000;
