export { type Attachment, Attachments, type ToKeep } from './attachments.ts';
