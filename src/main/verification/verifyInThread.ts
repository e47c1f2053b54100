import { VerificationResult } from '../../shared/evidence/verification.ts';
import { runInThread } from '../platform/thread.ts';
import type { Gate } from './gate.ts';

/** Which bag, and whom the station and the person who asks trust (PEM texts; see `trustFor`). */
export interface BagRequest {
  readonly path: string;
  /** Opens `<exhibit>.tar.age`; null for a bag that lies open. */
  readonly identity: string | null;
  readonly ownRoots: readonly string[];
  readonly namedRoots: readonly string[];
  readonly tsaRoots: readonly string[];
}

export interface ThreadControl {
  readonly signal: AbortSignal;
  readonly gate: Gate;
  readonly onProgress: (done: number) => void;
}

/**
 * `verifyBag` in a thread of its own, for a station that has recordings to mind: the same checks, with pause and cancel.
 * Throws as `openBag` and `verifyBag` do, and the signal's reason.
 */
export async function verifyInThread(request: BagRequest, control: ThreadControl): Promise<VerificationResult> {
  const data = { ...request, gate: control.gate.memory };
  return VerificationResult.parse(await runInThread({ name: 'verifyThread', beside: import.meta.url, data }, control));
}
