import { takeSeat } from '../../src/main/cli/seat.ts';
import { type JourneyStation, told } from './journey.ts';

/** Somebody who forgets a password, gets another duty and leaves, one after the other. `skip` leaves the unwatched out. */
export async function throughEveryStanding({ seats, station }: JourneyStation, skip: () => void): Promise<void> {
  const { client } = seats.administrator;
  const { code, account } = await client.accounts.invite({ name: 'Late Oribiv', login: 'late', role: 'judge' });
  const leaver = takeSeat(station);
  const asked = { account: account.id, aloneAccepted: false };
  const joinAnew = async (invitation: string) => {
    skip();
    await leaver.client.session.acceptInvitation({ code: invitation, password: told.latePassword });
    await leaver.client.session.changePassword({ current: told.latePassword, password: told.laterPassword });
    skip();
    await client.accounts.certify({ account: account.id });
  };
  await joinAnew(code);
  await joinAnew((await client.accounts.reset(asked)).code);
  await client.accounts.changeRole({ ...asked, role: 'operator' });
  await client.accounts.changeRole({ ...asked, role: 'clerk' });
  await joinAnew((await client.accounts.reset(asked)).code);
  await client.accounts.revoke(asked);
}
