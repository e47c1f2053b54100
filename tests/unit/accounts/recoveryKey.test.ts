import { describe, expect, it } from 'vitest';
import { joinRecoveryKey, splitRecoveryKey } from '../../../src/main/accounts/recoveryKey.ts';
import { newIdentity, recipientOf } from '../../../src/main/vault/index.ts';
import { refusalOf } from '../../support/testStation.ts';

describe('recovery key', () => {
  it('comes back from both parts, typed carelessly', async () => {
    const { identity, recipient } = await newIdentity();
    const { part1, part2 } = splitRecoveryKey(identity);
    expect(joinRecoveryKey({ part1, part2 })).toBe(identity);
    const typed = { part1: ` ${part1.toLowerCase().replaceAll(' ', '')}`, part2: part2.replaceAll(' ', '-') };
    expect(await recipientOf(joinRecoveryKey(typed))).toBe(recipient);
    expect(part1).toMatch(/^BR1( [A-Z0-9]{1,6})+$/);
  });

  it('is another pair of parts at each printing', async () => {
    const { identity } = await newIdentity();
    expect(splitRecoveryKey(identity).part1).not.toBe(splitRecoveryKey(identity).part1);
  });

  it('names the part that was mistyped', async () => {
    const { identity } = await newIdentity();
    const { part1, part2 } = splitRecoveryKey(identity);
    const slip = (part: string) => `${part.slice(0, 10)}${part[10] === 'Q' ? 'P' : 'Q'}${part.slice(11)}`;
    expect(() => joinRecoveryKey({ part1: slip(part1), part2 })).toThrow('{"part":1}');
    expect(() => joinRecoveryKey({ part1, part2: slip(part2) })).toThrow('{"part":2}');
    expect(await refusalOf(() => joinRecoveryKey({ part1: part2, part2: part1 }))).toBe('RECOVERY_KEY_WRONG');
    expect(await refusalOf(() => joinRecoveryKey({ part1: '', part2: '' }))).toBe('RECOVERY_KEY_WRONG');
  });

  it('makes no key out of parts of two printings', async () => {
    const { identity } = await newIdentity();
    const mixed = joinRecoveryKey({ part1: splitRecoveryKey(identity).part1, part2: splitRecoveryKey(identity).part2 });
    expect(await refusalOf(() => recipientOf(mixed))).toBe('KEY_UNREADABLE');
  });
});
