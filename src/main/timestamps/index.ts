export type { Fetch } from './askAuthority.ts';
export { Timestamps } from './timestampQueue.ts';
export { TimestampSettings } from './timestampSettings.ts';
