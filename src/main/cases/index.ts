export { CasesService } from './casesService.ts';
export { type InterviewForRecord, InterviewsService } from './interviewsService.ts';
export type { CasesNeeds } from './needs.ts';
export { Timeline } from './timeline.ts';
