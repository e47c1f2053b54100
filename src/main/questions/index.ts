export type { Asker } from './needs.ts';
export { QuestionsService } from './questionsService.ts';
