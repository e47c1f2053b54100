import type { AccountsService, OwnCertificates } from '../../accounts/index.ts';
import type { Implementer } from '../implement.ts';

/** Handlers of `accounts`. */
export function accountHandlers(
  os: Implementer,
  { accounts, certificates }: { accounts: AccountsService; certificates: OwnCertificates },
) {
  const { accounts: of } = os;
  return {
    list: of.list.handler(() => accounts.list()),
    people: of.people.handler(() => accounts.people()),
    invite: of.invite.handler(({ input, context: { call } }) => accounts.invite(input, call.person)),
    certify: of.certify.handler(({ input, context: { call } }) =>
      accounts.certify(input.account, call.person, call.keys),
    ),
    ownCertificate: of.ownCertificate.handler(({ context: { call } }) => certificates.of(call.person)),
    importCertificate: of.importCertificate.handler(({ input, context: { call } }) =>
      certificates.import(Buffer.from(input.file, 'base64'), input.password, call.person, call.keys),
    ),
    suspend: of.suspend.handler(({ input, context: { call } }) => accounts.suspend(input.account, call.person)),
    restore: of.restore.handler(({ input, context: { call } }) => accounts.restore(input.account, call.person)),
    waiting: of.waiting.handler(() => accounts.waiting()),
    grant: of.grant.handler(({ input, context: { call } }) => accounts.grant(input.account, call.person, call.keys)),
    grantByRecovery: of.grantByRecovery.handler(({ input, context: { call } }) =>
      accounts.grantByRecovery(input, call.person),
    ),
  };
}
