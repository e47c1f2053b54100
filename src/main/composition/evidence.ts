import { KeyRotation } from '../accounts/index.ts';
import {
  ArchiveService,
  CertificateService,
  Exhibits,
  handOverSink,
  Levelling,
  signaturesValid,
} from '../archive/index.ts';
import { filesForBag, Supplements } from '../attachments/index.ts';
import { BackupService } from '../backup/index.ts';
import { CopiesService } from '../copies/index.ts';
import { Hearings, OpenExhibit, PlaybackService } from '../playback/index.ts';
import { certificateFiles, ExhibitRows, newExhibitKey, openExhibitKey } from '../recording/index.ts';
import { findClockFont } from '../rooms/index.ts';
import { systemDisk } from '../vault/index.ts';
import type { Ground } from './ground.ts';
import type { People } from './people.ts';
import type { Rooms } from './rooms.ts';

export interface EvidenceOptions {
  /** Milliseconds that a change of the vault's identity waits for what was being closed to the old one. */
  readonly keysSettleMs?: number;
}

export type Evidence = ReturnType<typeof composeEvidence>;

/** What becomes of a sealed exhibit: kept on two disks, verified, handed over, copied, shown in court, backed up. */
export function composeEvidence(ground: Ground, people: People, floor: Rooms, options: EvidenceOptions) {
  const { db, folder, clock, log, software } = ground;
  const { custody, facts, ring, logSigner, openLogSigner, revocation, witnesses, nameOf, isJudge } = people;
  const { targets, recording, ffmpeg, timestampSettings } = floor;
  const levelling = new Levelling({
    db,
    clock,
    log,
    get custody() {
      return custody();
    },
    targets: () => targets.paths(),
    recording: () => recording.rooms.busy,
  });
  const exhibits = new Exhibits(db, (exhibit) => levelling.copiesOf(exhibit));
  const archive = new ArchiveService({
    db,
    clock,
    get custody() {
      return custody();
    },
    exhibits,
    logSigner,
    targets: () => targets.paths(),
    court: () => facts().court,
    ownRoots: () => [facts().rootPem],
    ownLists: () => {
      const newest = revocation.newest();
      return newest === null ? [] : [newest.der];
    },
    newExhibitKey: () => newExhibitKey(floor.recipients()),
    openKey: openExhibitKey,
    tsaRoots: () => timestampSettings.list().flatMap(({ rootPem }) => rootPem ?? []),
    copiesOf: (stored, identity) => copies.filesForBag(stored, identity),
    filesBeside: ({ number, folders, statement }, identity) =>
      filesForBag({ folders, identity }, statement, supplements.list(number)),
    adoptCopies: (exhibit, folders) => {
      copies.adopt(exhibit, folders);
      supplements.adopt(exhibit, folders);
    },
  });
  const rows = new ExhibitRows(db);
  const supplements = new Supplements({
    db,
    clock,
    log,
    get custody() {
      return custody();
    },
    stored: (number) => archive.stored(number),
    foldersOf: (number) => rows.get(number).folders,
    recipientOf: (number) => rows.get(number).recipient ?? '',
    stationSigner: floor.stationSigner,
    certificateFiles,
    timestamps: floor.timestamps,
    openKey: openExhibitKey,
  });
  const authenticity = new CertificateService({
    db,
    archive,
    get custody() {
      return custody();
    },
    clock,
    timeZone: () => floor.jurisdiction.inForce().timeZone.zone,
    software,
    station: () => ({ name: facts().name, court: facts().court }),
    logSigner,
    witnesses: () =>
      witnesses.keys.all().flatMap(({ kind, vkey, title }) => (kind === 'witness' ? [{ vkey, name: title }] : [])),
  });
  const copies = new CopiesService({
    db,
    clock,
    log,
    get custody() {
      return custody();
    },
    software,
    ffmpeg,
    font: findClockFont,
    stored: (number) => archive.stored(number),
    exhibit: (number) => exhibits.get(number),
    openKey: openExhibitKey,
    signaturesValid,
    openMasters: async (stored, identity, onDamage) => {
      const masters = new OpenExhibit(stored.statement, stored.folders, identity, onDamage);
      await masters.start();
      return masters;
    },
    sink: handOverSink,
    nameOf,
  });
  const hearings = new Hearings({
    db,
    clock,
    get custody() {
      return custody();
    },
    exhibits,
    isJudge,
  });
  const playback = new PlaybackService({
    db,
    clock,
    get custody() {
      return custody();
    },
    hearings,
    stored: (number) => archive.stored(number),
    openKey: openExhibitKey,
    signaturesValid: (_, record, folders) => signaturesValid(record, folders),
    nameOf,
  });

  const backups = new BackupService({
    db,
    clock,
    custody,
    facts,
    software,
    own: () => [folder, ...targets.paths()],
    logSigner: openLogSigner,
    recording: () => recording.rooms.busy,
    disk: systemDisk,
  });

  const settles = options.keysSettleMs === undefined ? {} : { settlesMs: options.keysSettleMs };
  const rotation = new KeyRotation({ db, ring, log: custody, clock, busy: () => recording.rooms.busy, ...settles });
  return { levelling, exhibits, archive, supplements, authenticity, copies, hearings, playback, backups, rotation };
}
