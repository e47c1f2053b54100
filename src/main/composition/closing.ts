import { signaturesValid } from '../archive/index.ts';
import { Reviews } from '../playback/index.ts';
import { Drafts, Labels, ProtocolService, writePaper } from '../protocol/index.ts';
import { openExhibitKey } from '../recording/index.ts';
import { TranscriptsService } from '../transcripts/index.ts';
import type { Evidence } from './evidence.ts';
import type { Ground } from './ground.ts';
import type { People } from './people.ts';
import type { Rooms } from './rooms.ts';

/** What is written beside a sealed recording: protocol, label, transcript; and the recording open beside the writing. */
export function composeClosing(ground: Ground, people: People, floor: Rooms, evidence: Evidence) {
  const { archive, exhibits, supplements } = evidence;
  const { db, clock, software } = ground;
  const { custody, logSigner, nameOf } = people;
  const drafts = new Drafts({ db, clock });
  const protocolNeeds = {
    ...{ db, clock, software, drafts, supplements, logSigner, nameOf },
    get custody() {
      return custody();
    },
    timeZone: () => floor.jurisdiction.inForce().timeZone.zone,
    stored: (exhibit: string) => archive.stored(exhibit),
    openKey: openExhibitKey,
    attachment: async (exhibit: string, file: string, vaultIdentity: string) =>
      (await floor.attachments.open(exhibit, file, vaultIdentity)).content,
    rulesAt: (instant: string) => floor.jurisdiction.readableAt(instant),
  };
  const transcripts = new TranscriptsService({
    ...{ drafts, supplements, nameOf },
    get custody() {
      return custody();
    },
    stored: (exhibit) => archive.stored(exhibit),
    openKey: openExhibitKey,
    write: (path, make, how) => writePaper(path, make, { ...how, custody: custody() }),
  });
  const reviews = new Reviews({
    nameOf,
    get custody() {
      return custody();
    },
    stored: (exhibit) => archive.stored(exhibit),
    exhibit: (exhibit) => exhibits.get(exhibit),
    openKey: openExhibitKey,
    signaturesValid: (_, record, folders) => signaturesValid(record, folders),
  });
  return { reviews, protocol: new ProtocolService(protocolNeeds), labels: new Labels(protocolNeeds), transcripts };
}
