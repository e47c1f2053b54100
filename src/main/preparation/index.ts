export type { PreparationNeeds } from './needs.ts';
export { PreparationService } from './preparationService.ts';
