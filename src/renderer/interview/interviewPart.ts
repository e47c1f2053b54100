import type { z } from 'zod';
import type { RecordingView, StopResult } from '../../shared/contract/recording.ts';
import type { Live } from './useLive.ts';

/** What stopping or sealing answered with. */
export type Stopped = z.infer<typeof StopResult>;

/** What the parts of the interview's screen are given: the newest view, and whether this person may act or only watches. */
export interface InterviewPart {
  readonly view: RecordingView;
  /** The view is of this moment; false while the station cannot be reached and the last one stays on screen. */
  readonly heard: boolean;
  readonly mayAct: boolean;
  readonly onView: Live['onView'];
  /** What the seal waits for, as far as this screen was told. */
  readonly waitsFor: Extract<Stopped, { state: 'ended' }>['waitsFor'] | null;
  readonly onStopped: (result: Stopped) => void;
}
