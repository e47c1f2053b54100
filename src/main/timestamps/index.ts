export type { Fetch } from './askAuthority.ts';
export type { ObtainNeeds } from './obtainToken.ts';
export { type Anchor, Timestamps } from './timestampQueue.ts';
export type { ToStamp } from './timestampRows.ts';
export { TimestampSettings } from './timestampSettings.ts';
