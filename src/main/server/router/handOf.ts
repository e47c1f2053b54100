import type { Hand } from '../../sealing/index.ts';
import type { CallContext } from '../context.ts';

/** The person of a call as one who signs. @throws Refusal SESSION_LOCKED, CERTIFICATE_MISSING */
export async function handOf(call: CallContext): Promise<Hand> {
  return { ...(await call.keys.signer()), role: call.person.role };
}
