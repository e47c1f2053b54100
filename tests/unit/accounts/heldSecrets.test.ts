import { describe, expect, it } from 'vitest';
import { HeldSecrets } from '../../../src/main/accounts/heldSecrets.ts';

describe('what a password opened', () => {
  it('is bytes that are zero once they were wiped', () => {
    const secrets = { identity: 'AGE-SECRET-KEY-1', p12Password: 'random' };
    const bytes = Buffer.from(JSON.stringify(secrets));
    const held = new HeldSecrets(bytes);
    expect(held.read()).toEqual(secrets);
    held.wipe();
    expect(bytes.every((byte) => byte === 0)).toBe(true);
    expect(held.read()).toBeNull();
    held.wipe();
    expect(HeldSecrets.of(secrets).read()).toEqual(secrets);
  });
});
