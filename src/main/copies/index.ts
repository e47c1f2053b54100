export { CopiesService } from './copiesService.ts';
export type { CopiesNeeds } from './needs.ts';
