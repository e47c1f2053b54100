import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readProfile } from '../../src/main/jurisdiction/index.ts';
import type { JurisdictionProfile } from '../../src/shared/domain/jurisdiction.ts';

/** The file of the profile that comes with the product, and that of a country that is not there, with rules of its own. */
export const kzPath = fileURLToPath(new URL('../../resources/jurisdictions/kz.json', import.meta.url));
export const islandPath = fileURLToPath(new URL('../fixtures/jurisdictions/zz.json', import.meta.url));

export const profileAt = (path: string): JurisdictionProfile => readProfile(readFileSync(path), path).profile;
