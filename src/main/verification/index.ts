export { openBag } from './openBag.ts';
export { formatReport } from './report.ts';
export { evidenceSchemas } from './schemas.ts';
export type { BagSource } from './source.ts';
export { type VerifyOptions, verifyBag } from './verifyBag.ts';
