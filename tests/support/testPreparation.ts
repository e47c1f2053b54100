import { createHash } from 'node:crypto';
import { requireFacts } from '../../src/main/accounts/index.ts';
import { type PreparationNeeds, PreparationService } from '../../src/main/preparation/index.ts';
import type { JurisdictionProfile } from '../../src/shared/domain/jurisdiction.ts';
import type { casesOf } from './testCases.ts';
import type { TestStation } from './testStation.ts';

/** The preparation over a test station, with what other areas would give it, to be changed by a test. */
export function preparationOf(station: TestStation, services: ReturnType<typeof casesOf>) {
  const around = {
    profile: services.rules.inForce() as JurisdictionProfile,
    picture: null as Uint8Array | null,
    test: null as ReturnType<PreparationNeeds['test']>,
    reasons: [] as { anyOf: string[]; reason: string }[],
    /** What was kept with the exhibit, by name. */
    kept: new Map<string, Uint8Array>(),
    /** The same in the order in which it was kept, each time anew. */
    filed: [] as { file: string; title: string; sha256: string }[],
    /** Stands in the way of keeping one. */
    beforeKept: async (_name: string): Promise<void> => undefined,
  };
  const preparation = new PreparationService({
    db: station.db,
    clock: station.clock,
    custody: () => station.appender,
    interviews: services.interviews,
    rulesAt: () => around.profile,
    plannedReasons: () => around.reasons,
    cameras: () => [{ source: 'room', place: 'room' }],
    test: () => around.test,
    preview: async () => around.picture,
    stationRecipient: () => requireFacts(station.db).stationRecipient,
    stationIdentity: () => station.stationKeys.get().identity,
    vaultRecipient: () => requireFacts(station.db).vaultRecipient,
    nameOf: (code) => station.accountStore.all().find((one) => one.code === code)?.name ?? code,
    attachments: {
      keep: async ({ name, title, bytes }) => {
        await around.beforeKept(name);
        around.kept.set(name, bytes);
        around.filed.push({
          file: `attachments/${name}`,
          title,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        });
        return { file: `attachments/${name}` };
      },
      of: () => around.filed,
    },
  });
  return { preparation, around };
}
