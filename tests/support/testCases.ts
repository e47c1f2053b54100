import type { z } from 'zod';
import { requireFacts } from '../../src/main/accounts/index.ts';
import { type CasesNeeds, CasesService, InterviewsService, PlanningService } from '../../src/main/cases/index.ts';
import { JurisdictionService } from '../../src/main/jurisdiction/index.ts';
import { RoomsService, simulatedDevices } from '../../src/main/rooms/index.ts';
import type { Absence } from '../../src/shared/contract/cases.ts';
import type { SourcePlace } from '../../src/shared/domain/devices.ts';
import type { TestStation } from './testStation.ts';

/** The services of cases, interviews and rooms over a test station. */
export function casesOf(station: TestStation, goesOn: CasesNeeds['goesOn'] = () => []) {
  const { db, clock } = station;
  const rules = new JurisdictionService({
    db,
    clock,
    custody: () => station.appender,
    stationId: () => requireFacts(db).id,
  });
  const needs = {
    db,
    clock,
    log: () => station.appender,
    facts: () => requireFacts(db),
    stationKeys: () => station.stationKeys.get(),
    rules,
    goesOn,
  };
  const interviews = new InterviewsService(needs);
  return {
    rules,
    cases: new CasesService(needs),
    interviews,
    planning: new PlanningService({ ...needs, visibleTo: (by) => interviews.list(by) }),
    rooms: new RoomsService({
      db,
      clock,
      log: () => station.appender,
      stationRecipient: () => requireFacts(db).stationRecipient,
      stationIdentity: () => station.stationKeys.get().identity,
      discover: async () => ({
        devices: [...simulatedDevices],
        unavailable: [{ backend: 'v4l2', reason: 'no camera' }],
      }),
      practice: () => false,
      encoder: async () => ({ encoder: 'libx264', tests: [] }),
      network: async () => [],
    }),
  };
}

/** What a person chooses for simulated sources at these places. */
export function simulatedChoices(...places: SourcePlace[]) {
  return places.map((place) => {
    const device = simulatedDevices.find((one) => one.address === place);
    if (device === undefined) throw new RangeError(place);
    return { place, device, credentials: null };
  });
}

/** Reasons for everybody whom the shipped rules or the island’s require and a test does not plan; those who are planned need none. */
export const absences: z.infer<typeof Absence>[] = [
  { rule: 'kind-deposition', anyOf: ['investigating-judge'], reason: 'A test does without a judge' },
  { rule: 'kind-deposition', anyOf: ['interviewer'], reason: 'So does a test of the island’s rules' },
  { rule: 'interpreter-always', anyOf: ['interpreter'], reason: 'So does a test of the island’s rules' },
  { rule: 'teacher-or-psychologist-under-14', anyOf: ['teacher', 'psychologist'], reason: 'A test does without one' },
];

export const childIdentity = {
  surname: 'Нұрланова',
  givenName: 'Айша',
  birthDate: '2017-11-22',
  iin: '171122600123',
};
