export { JurisdictionService } from './jurisdictionService.ts';
export { readProfile } from './readProfile.ts';
