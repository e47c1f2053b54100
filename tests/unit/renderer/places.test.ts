import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyHoldingRoles, Role } from '../../../src/shared/domain/roles.ts';

const source = readFileSync(new URL('../../../src/renderer/app/places.ts', import.meta.url), 'utf8');

/** Roles of a place, read from the source: the module itself draws icons and needs a browser. */
function rolesOf(id: string): string[] {
  const found = new RegExp(`id: '${id}',[^}]*?roles: \\[([^\\]]*)\\]`, 's').exec(source)?.[1];
  if (found === undefined) throw new Error(`no place ${id}`);
  return [...found.matchAll(/'(\w+)'/g)].map(([, role]) => role ?? '');
}

describe('the places of a role', () => {
  it('begin for everyone at home', () => {
    expect(rolesOf('home').toSorted()).toEqual([...Role.options].toSorted());
  });

  it('keep administrators, auditors and operators away from everything that opens evidence', () => {
    for (const place of ['cases', 'archive', 'hearings', 'access']) {
      const outside = rolesOf(place).filter((role) => !keyHoldingRoles.some((holder) => holder === role));
      expect({ place, outside }).toEqual({ place, outside: [] });
    }
  });
});
