export { LiveElement } from './LiveElement.tsx';
export { canPlayLive, type LiveStage } from './liveStage.ts';
export { type Heard, SoundPicker } from './SoundPicker.tsx';
export { useLiveStage } from './useLiveStage.ts';
