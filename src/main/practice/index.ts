export { preparePractice } from './preparePractice.ts';
