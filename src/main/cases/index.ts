export { CasesService } from './casesService.ts';
export { InterviewsService } from './interviewsService.ts';
export { PlanningService } from './planningService.ts';
