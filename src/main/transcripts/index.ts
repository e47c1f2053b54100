export { TranscriptsService } from './transcriptsService.ts';
