import type { Witnesses as WitnessesView } from '../../../shared/contract/custody.ts';
import type { CustodyLog, NoteSigner, Witnesses } from '../../custody/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';

export interface WitnessHandlersNeeds {
  readonly custody: () => CustodyLog;
  readonly witnesses: Witnesses;
  /** The keys of this station's log; the secret ones refuse with STATION_KEYS_LOCKED while nobody has opened them. */
  readonly logKeys: {
    readonly vkey: () => string;
    readonly signer: () => NoteSigner;
    readonly witness: () => NoteSigner;
    readonly open: () => boolean;
  };
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `custody` that concern witnesses: keys, and heads that are carried out, in and back. */
export function witnessHandlers(os: Implementer, needs: WitnessHandlersNeeds) {
  const { witnesses, logKeys } = needs;
  const view = () => viewOf(needs);
  return {
    witnesses: os.custody.witnesses.handler(view),
    trust: os.custody.trust.handler(({ input, context: { call } }) => {
      witnesses.keys.trust(input.name, input.vkey, actorOf(call));
      return view();
    }),
    distrust: os.custody.distrust.handler(({ input, context: { call } }) => {
      witnesses.keys.distrust(input.vkey, actorOf(call));
      return view();
    }),
    checkpoint: os.custody.checkpoint.handler(({ input, context: { call } }) =>
      input.log === undefined
        ? witnesses.own.offer(input, logKeys.signer(), actorOf(call))
        : witnesses.own.offerClosed(input.log, input.old, actorOf(call)),
    ),
    witness: os.custody.witness.handler(({ input, context: { call } }) => {
      const { note, ...rest } = witnesses.others.cosign(input.text, logKeys.witness(), actorOf(call));
      return { text: note, ...rest };
    }),
    cosigned: os.custody.cosigned.handler(({ input, context: { call } }) => {
      const { size, by } = witnesses.own.takeIn(input.text, logKeys.vkey(), actorOf(call));
      return { size, by: [...by] };
    }),
  };
}

function viewOf({ custody, witnesses, logKeys }: WitnessHandlersNeeds): WitnessesView {
  const log = custody();
  return {
    origin: log.origin,
    size: log.size(),
    logKey: logKeys.vkey(),
    witnessKey: logKeys.open() ? logKeys.witness().vkey : null,
    keys: witnesses.keys.all().map(({ vkey, kind, key_name, title, added_at }) => {
      const newest = kind === 'log' ? witnesses.others.seen(key_name) : witnesses.own.cosigned(vkey);
      return {
        ...{ vkey, kind, keyName: key_name, name: title, addedAt: added_at },
        newest: newest === undefined ? null : { size: newest.size, at: newest.at },
      };
    }),
    closed: witnesses.own.closed().map(({ cosigned, ...log }) => ({ ...log, cosigned: [...cosigned] })),
    contradictions: witnesses.own
      .contradictions()
      .map(({ origin, at, reason, known, brought }) => ({ origin, at, reason, known, brought })),
  };
}
