export { readPracticePeople, writePracticePeople } from './practicePeople.ts';
export { StationAdministration } from './stationAdministration.ts';
export { Targets } from './targets.ts';
