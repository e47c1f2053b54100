export { Voices } from './voices.ts';
export { Wishes } from './wishes.ts';
