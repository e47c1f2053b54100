import type { PairedScreenView, PairingOffer } from '../../shared/contract/pairing.ts';
import type { ScreenKind } from '../../shared/domain/roles.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { PairingCodes, PairingPurpose, PairingTries } from '../network/index.ts';
import type { Log } from '../platform/log.ts';
import type { Door, Screen, ScreenRegistry } from './screens.ts';

type Actor = Readonly<{ id: string; role: string }>;
type Subject = Readonly<{ type: 'exhibit' | 'hearing'; id: string }>;

/** Where another screen reaches this station; what of an offer the network knows. */
export type Reach = Pick<PairingOffer, 'addresses' | 'network' | 'fingerprint'>;

export interface PairingNeeds {
  readonly log: Log;
  readonly screens: ScreenRegistry;
  readonly codes: PairingCodes;
  readonly tries: PairingTries;
  readonly custody: () => Pick<CustodyLog, 'append'>;
  readonly stationId: () => string;
  readonly reach: () => Reach;
  /** What the log says a screen is about, or null where its interview or hearing is over. */
  readonly subject: (purpose: PairingPurpose) => Subject | null;
}

/** What a screen says of itself when it is paired. */
export interface Arriving {
  /** The address that it comes from; codes that let nobody in are counted by it. */
  readonly address: string;
  readonly label: string | null;
  readonly door: Door;
}

/**
 * Other screens: a signed-in person offers a code, whoever types it at a browser makes that browser the screen that the
 * code is for. Both are on record, and so is every pause after wrong codes.
 */
export class Pairing {
  readonly #needs: PairingNeeds;

  constructor(needs: PairingNeeds) {
    this.#needs = needs;
  }

  /** @throws Refusal OBSERVERS_NOT_NOW, SCREENS_NOT_NOW where that interview or hearing is over */
  offer(kind: ScreenKind, of: string, actor: Actor): PairingOffer {
    const { custody, subject, codes, reach } = this.#needs;
    const about = subject({ kind, of });
    if (about === null) throw new Refusal(kind === 'observer' ? 'OBSERVERS_NOT_NOW' : 'SCREENS_NOT_NOW');
    const [action, details] =
      kind === 'observer' ? ['observers.admitted', {}] : (['screen.offered', { kind }] as const);
    custody().append({ action, actor, subject: about, details });
    const { code, until } = codes.give({ kind, of });
    return { code, until: until.toISOString(), ...reach() };
  }

  /**
   * Lets in whoever typed a good code.
   * @throws Refusal PAIRING_CODE_WRONG, PAIRING_CODE_USED, PAIRING_CODE_EXPIRED, PAIRING_PAUSED, SCREENS_NOT_NOW
   */
  enter(typed: string, { address, label, door }: Arriving): { token: string; screen: Screen } {
    const { tries, screens, custody, subject } = this.#needs;
    tries.check(address);
    const purpose = this.#take(typed, address);
    tries.right(address);
    const about = subject(purpose);
    if (about === null) throw new Refusal('SCREENS_NOT_NOW');
    const entered = screens.admit(purpose.kind, purpose.of, { label, door });
    const actor = { id: entered.screen.id, role: purpose.kind };
    custody().append({ action: 'screen.connected', actor, subject: about, details: { kind: purpose.kind, door } });
    return entered;
  }

  list(of: string, kinds: (kind: ScreenKind) => boolean): PairedScreenView[] {
    return this.#needs.screens
      .list(of)
      .filter(({ screen }) => kinds(screen.kind))
      .map(({ screen, label, door, since, lastSeen, here }) => ({
        ...{ id: screen.id, kind: screen.kind, label, here, network: door === 'network' },
        ...{ since: since.toISOString(), lastSeen: lastSeen?.toISOString() ?? null },
      }));
  }

  /** Ends one screen; one that is gone already is no mistake. */
  end(of: string, id: string, about: Subject, actor: Actor): void {
    const ended = this.#needs.screens.end(of, id);
    if (ended === null) return;
    const details = { kind: ended.kind, screen: id };
    this.#needs.custody().append({ action: 'screen.ended', actor, subject: about, details });
  }

  #take(typed: string, address: string): PairingPurpose {
    try {
      return this.#needs.codes.take(typed);
    } catch (error) {
      // A used or expired one counts too: whoever guesses is not told for nothing that a code was near.
      if (isRefusal(error)) this.#countWrong(address);
      throw error;
    }
  }

  #countWrong(address: string): void {
    const { tries, log, custody, stationId } = this.#needs;
    const pause = tries.wrong(address);
    if (pause === null) return;
    log.warn({ address, ...pause }, 'wrong pairing codes');
    custody().append({
      action: 'pairing.paused',
      actor: { id: 'station', role: 'station' },
      subject: { type: 'station', id: stationId() },
      details: { address, ...pause },
    });
    throw new Refusal('PAIRING_PAUSED', { seconds: pause.seconds });
  }
}
