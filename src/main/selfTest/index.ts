export type { ClockFact, DiskFact } from './judgeStation.ts';
export type { SelfTestNeeds } from './needs.ts';
export type { KeptTest } from './selfTestRows.ts';
export { type CheckByCode, SelfTestService } from './selfTestService.ts';
