export { CopiesService } from './copiesService.ts';
export type { CopiesNeeds, Maker } from './needs.ts';
