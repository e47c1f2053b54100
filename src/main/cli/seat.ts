import { setTimeout as delay } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import type { StationClient } from '../../shared/contract/index.ts';
import type { JobState } from '../../shared/contract/station.ts';
import { type ErrorCode, errorCodes, Refusal } from '../../shared/errors.ts';
import type { Station } from '../composition.ts';
import { CallContext, type Screen } from '../server/index.ts';

/**
 * One place at the station without HTTP: a screen of its own with whoever signs in on it. Calls go through the same
 * authorisation as every other screen's.
 */
export interface Seat {
  readonly client: StationClient;
  readonly screen: Screen;
  /** The session's token, for what asks for a viewer beside the contract. */
  token(): string | null;
}

let seats = 0;

/** A seat of the desk's kind at a station of this process. */
export function takeSeat(station: Station): Seat {
  seats += 1;
  const screen: Screen = { id: `seat-${seats}`, kind: 'desk', of: null };
  let token: string | null = null;
  const context = () => ({
    call: new CallContext(screen, station.http.sessions.find(token, { touch: true }), token, (next) => {
      token = next;
    }),
  });
  const client: StationClient = createRouterClient(station.http.router, { context });
  return { client, screen, token: () => token };
}

/** Waits for a job and gives its result. @throws Refusal what the job ended with */
export async function jobResult(
  client: StationClient,
  job: string,
  onProgress?: (done: number) => void,
): Promise<JobState['result']> {
  for (;;) {
    const state = await client.jobs.state({ job });
    if (state.progress !== null) onProgress?.(state.progress);
    switch (state.state) {
      case 'running':
        await delay(50);
        break;
      case 'done':
        return state.result;
      case 'cancelled':
        throw new Refusal('JOB_CANCELLED');
      case 'failed':
        throw new Refusal(known(state.error?.code), state.error?.params ?? {});
    }
  }
}

const known = (code: string | undefined): ErrorCode => errorCodes.find((one) => one === code) ?? 'INTERNAL';
