export { ArchiveService, type Control } from './archiveService.ts';
export { handOverSink } from './bag/index.ts';
export { CertificateService } from './certificateService.ts';
export { Exhibits } from './exhibits.ts';
export { Levelling } from './levelling/levelling.ts';
export { type StoredExhibit, signaturesValid } from './storedExhibit.ts';
