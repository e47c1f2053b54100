export { type Attachment, Attachments, type ToKeep } from './attachments.ts';
export { type CarriedFile, filesForBag } from './forBag.ts';
export type { AddedSupplement } from './supplementRows.ts';
export { type Adder, type SupplementFile, Supplements } from './supplements.ts';
