import { create } from 'zustand';
import type { Session } from '../../shared/contract/accounts.ts';
import type { StationClient } from '../../shared/contract/index.ts';
import type { Capabilities, StationInfo } from '../../shared/contract/station.ts';
import { type Trouble, troubleOf } from './client.ts';

type SessionView = ReturnType<typeof Session.parse>;
/** An account as the screens know it. */
export type AccountView = NonNullable<SessionView['account']>;
type InfoView = ReturnType<typeof StationInfo.parse>;
type CapabilitiesView = ReturnType<typeof Capabilities.parse>;

/** The last snapshot of who is here and what this station is. The truth is in the station; it is asked again and again. */
export interface SessionState {
  readonly info: InfoView | null;
  readonly capabilities: CapabilitiesView | null;
  readonly session: SessionView | null;
  /** Why the station could not be asked; null while it answers. */
  readonly trouble: Trouble | null;
  /** True from the wizard's first answer to its end: the recovery key is on screen, and the station is set up already. */
  readonly settingUp: boolean;
}

export const useSession = create<SessionState>(() => ({
  info: null,
  capabilities: null,
  session: null,
  trouble: null,
  settingUp: false,
}));

/** Takes over a session that an operation answered with: sign-in, unlock, lock, sign-out. */
export function setSession(session: SessionView): void {
  useSession.setState({ session, trouble: null });
}

/** Asks once who is here. Never throws: what went wrong is part of the state. */
export async function refresh(station: StationClient): Promise<void> {
  try {
    const known = useSession.getState();
    const info = known.info?.configured ? known.info : await station.station.info();
    const capabilities = known.capabilities ?? (await station.station.capabilities());
    const session = await station.session.me();
    useSession.setState({ info, capabilities, session, trouble: null });
  } catch (error) {
    useSession.setState({ trouble: troubleOf(error) });
  }
}

/** Asks again every `everyMs` until stopped; a locked or ended session shows itself without anybody clicking. */
export function watch(station: StationClient, everyMs = 5000): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const round = async () => {
    await refresh(station);
    if (!stopped) timer = setTimeout(() => void round(), everyMs);
  };
  void round();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** The person at this screen; null before sign-in. */
export function useAccount() {
  return useSession((state) => state.session?.account ?? null);
}
