import { isRefusal, Refusal } from '../../../shared/errors.ts';
import { type CheckedLog, type CustodyLog, chainOf, verifyChain } from '../../custody/index.ts';
import type { Implementer } from '../implement.ts';
import { type WitnessHandlersNeeds, witnessHandlers } from './witnesses.ts';

export interface CustodyHandlersNeeds extends WitnessHandlersNeeds {
  readonly custody: () => CustodyLog;
}

/** Handlers of `custody`: what an auditor reads and recomputes. Codes of people, never names. */
export function custodyHandlers(os: Implementer, needs: CustodyHandlersNeeds) {
  const { custody } = needs;
  return {
    custody: {
      ...witnessHandlers(os, needs),
      list: os.custody.list.handler(({ input }) => {
        const own = custody();
        const log = input.log === undefined ? own : chainOf(own).find(({ origin }) => origin === input.log);
        if (log === undefined) throw new Refusal('LOG_UNKNOWN', { log: input.log ?? '' });
        const newest = (input.before ?? log.size()) - 1;
        const page = newest < 0 ? [] : log.list({ from: newest, count: input.count, newestFirst: true });
        return {
          origin: log.origin,
          earlier: log.earlier?.log.origin ?? null,
          size: log.size(),
          root: log.root().toString('hex'),
          events: page.map(({ index, event }) => ({
            index,
            at: event.at,
            action: event.action,
            actor: event.actor.id,
            role: event.actor.role,
            subject: { type: event.subject.type, id: event.subject.id },
          })),
        };
      }),
      check: os.custody.check.handler(async ({ context: { call } }) => {
        const log = custody();
        let problem: string | null = null;
        let earlier: readonly CheckedLog[] = [];
        try {
          ({ earlier } = await verifyChain(log, needs.logKeys.vkey()));
        } catch (error) {
          if (!isRefusal(error, 'LOG_DAMAGED')) throw error;
          problem = `${error.params['index'] ?? ''}: ${error.params['reason'] ?? ''}`;
        }
        const [size, root] = [log.size(), log.root().toString('hex')];
        log.append({
          action: 'log.checked',
          actor: { id: call.person.code, role: call.person.role },
          subject: { type: 'log', id: log.origin },
          details: { size, root, whole: problem === null },
        });
        return { origin: log.origin, size, root, whole: problem === null, problem, earlier: [...earlier] };
      }),
    },
  };
}
