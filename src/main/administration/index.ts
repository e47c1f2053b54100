export { StationAdministration } from './stationAdministration.ts';
export { Targets } from './targets.ts';
