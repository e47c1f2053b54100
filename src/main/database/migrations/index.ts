import type { Migration } from '../migration.ts';
import { stationMigration } from './0010-station.ts';
import { accountsMigration } from './0020-accounts.ts';
import { casesMigration } from './0030-cases.ts';
import { roomsMigration } from './0040-rooms.ts';
import { custodyMigration } from './0050-custody.ts';
import { exhibitsMigration } from './0060-exhibits.ts';
import { hearingsMigration } from './0070-hearings.ts';
import { copiesMigration } from './0080-copies.ts';
import { roomSettingsMigration } from './0090-room-settings.ts';
import { selfTestsMigration } from './0100-self-tests.ts';
import { timestampsMigration } from './0110-timestamps.ts';
import { importedCertificatesMigration } from './0115-imported-certificates.ts';
import { witnessesMigration } from './0120-witnesses.ts';
import { keyRingMigration } from './0130-key-ring.ts';
import { continuationsMigration } from './0140-continuations.ts';
import { jurisdictionsMigration } from './0160-jurisdictions.ts';
import { attachmentsMigration } from './0170-attachments.ts';
import { planningMigration } from './0180-planning.ts';
import { preparationMigration } from './0190-preparation.ts';
import { ownNotesMigration } from './0200-own-notes.ts';
import { questionsMigration } from './0210-questions.ts';
import { networkMigration } from './0220-network.ts';
import { closingMigration } from './0230-closing.ts';
import { voicesMigration } from './0250-voices.ts';

/** Every step of the schema, oldest first. */
export const migrations: readonly Migration[] = [
  stationMigration,
  accountsMigration,
  casesMigration,
  roomsMigration,
  custodyMigration,
  exhibitsMigration,
  hearingsMigration,
  copiesMigration,
  roomSettingsMigration,
  selfTestsMigration,
  timestampsMigration,
  importedCertificatesMigration,
  witnessesMigration,
  keyRingMigration,
  continuationsMigration,
  jurisdictionsMigration,
  attachmentsMigration,
  planningMigration,
  preparationMigration,
  ownNotesMigration,
  questionsMigration,
  networkMigration,
  closingMigration,
  voicesMigration,
];
