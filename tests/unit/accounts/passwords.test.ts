import { describe, expect, it } from 'vitest';
import { checkPassword, makeWrap, openWrap, standardCost } from '../../../src/main/accounts/passwords.ts';
import { cheapCost } from '../../support/testStation.ts';

const secrets = { identity: 'AGE-SECRET-KEY-1TEST', p12Password: 'p12' };
const person = { login: 'daniyar', name: 'Daniyar Seitkali' };

describe('wrap', () => {
  it('opens by its own password and account only', async () => {
    const wrap = await makeWrap('account-1', 'четыре берёзы у воды', secrets, cheapCost);
    expect(await openWrap('account-1', 'четыре берёзы у воды', wrap)).toEqual(secrets);
    expect(await openWrap('account-1', 'четыре берёзы у вода', wrap)).toBeNull();
    expect(await openWrap('account-2', 'четыре берёзы у воды', wrap)).toBeNull();
  });

  it('takes the same letters however they were composed', async () => {
    const wrap = await makeWrap('a', 'кофе-й-ё-1', secrets, cheapCost);
    expect(await openWrap('a', 'кофе-й-ё-1'.normalize('NFD'), wrap)).toEqual(secrets);
  });

  it('does not open when anything of it was changed', async () => {
    const wrap = await makeWrap('a', 'saffron-kettle', secrets, cheapCost);
    const sealed = Buffer.from(wrap.sealed, 'base64');
    sealed[0] = (sealed[0] ?? 0) ^ 1;
    expect(await openWrap('a', 'saffron-kettle', { ...wrap, sealed: sealed.toString('base64') })).toBeNull();
    const cost = { ...cheapCost, passes: 2 };
    expect(await openWrap('a', 'saffron-kettle', { ...wrap, cost })).toBeNull();
  });

  it('says nothing of the secrets in what is stored', async () => {
    const text = JSON.stringify(await makeWrap('a', 'saffron-kettle', secrets, cheapCost));
    expect(text).not.toContain('AGE-SECRET');
    expect(text).not.toContain('saffron');
  });

  it('costs 64 MiB and three passes', () => {
    expect(standardCost).toEqual({ memoryKib: 65_536, passes: 3, lanes: 1 });
  });
});

describe('checkPassword', () => {
  it.each([
    'short',
    '',
    'aaaaaaaaaaaaaa',
    'daniyar',
    'daniyar123',
    'DANIYAR-2026',
    'daniyar seitkali',
    'Seitkali1!',
    '1212121212',
  ])('refuses %j', (password) => {
    expect(() => checkPassword(password, person)).toThrow('PASSWORD_TOO_WEAK');
  });

  it.each(['saffron-kettle', 'daniyar likes his tea strong', 'құс жолы бар'])('takes %j', (password) => {
    expect(() => checkPassword(password, person)).not.toThrow();
  });
});
