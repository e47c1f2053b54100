export { CasesService } from './casesService.ts';
export { InterviewsService, type RecordFacts } from './interviewsService.ts';
export type { CasesNeeds } from './needs.ts';
