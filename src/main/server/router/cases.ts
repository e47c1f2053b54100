import type { CasesService } from '../../cases/index.ts';
import type { Implementer } from '../implement.ts';

/** Handlers of `cases`. */
export function caseHandlers(os: Implementer, { cases }: { cases: CasesService }) {
  const { cases: of } = os;
  return {
    list: of.list.handler(({ context: { call } }) => cases.list(call.person)),
    create: of.create.handler(({ input, context: { call } }) => cases.create(input, call.person)),
    get: of.get.handler(({ input }) => cases.get(input.caseId)),
    assign: of.assign.handler(({ input, context: { call } }) => cases.assign(input.caseId, input.account, call.person)),
    addChild: of.addChild.handler(({ input, context: { call } }) => cases.addChild(input, call.person)),
    identity: of.identity.handler(({ input, context: { call } }) =>
      cases.identity(input.childId, call.person, call.keys),
    ),
    mentions: of.mentions.handler(({ input }) => cases.mentions(input.caseId, input.text)),
  };
}
