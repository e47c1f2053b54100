export { CasesService } from './casesService.ts';
export { InterviewsService } from './interviewsService.ts';
export type { CasesNeeds } from './needs.ts';
export { PlanningService } from './planningService.ts';
