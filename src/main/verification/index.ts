export { openBag } from './openBag.ts';
export type { ReadProgress } from './readBag.ts';
export { checkTitle, formatReport, type ReportLanguage, reasonSentence } from './report.ts';
export { evidenceSchemas } from './schemas.ts';
export type { BagEntry, BagListing, BagSource } from './source.ts';
export type { Trust } from './trust.ts';
export { type VerifyOptions, verifyBag } from './verifyBag.ts';
