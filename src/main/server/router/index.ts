import type { AccountStanding, AccountsService, OwnCertificates, Sessions } from '../../accounts/index.ts';
import type { CasesService, InterviewsService, PlanningService } from '../../cases/index.ts';
import type { RecordingService } from '../../recording/index.ts';
import type { RoomsService } from '../../rooms/index.ts';
import type { Implementer } from '../implement.ts';
import type { Observers } from '../observers.ts';
import { accountHandlers } from './accounts.ts';
import { type ArchiveHandlersNeeds, archiveHandlers } from './archive.ts';
import { type AttachmentHandlersNeeds, attachmentHandlers } from './attachments.ts';
import { type BackupHandlersNeeds, backupHandlers } from './backup.ts';
import { caseHandlers } from './cases.ts';
import { type ClosingHandlersNeeds, closingHandlers } from './closing.ts';
import { type ConductingHandlersNeeds, conductingHandlers } from './conducting.ts';
import { type CopyHandlersNeeds, copyHandlers } from './copies.ts';
import { type CustodyHandlersNeeds, custodyHandlers } from './custody.ts';
import { type HearingHandlersNeeds, hearingHandlers } from './hearings.ts';
import { type InterviewHandlersNeeds, interviewHandlers } from './interviews.ts';
import { type JurisdictionHandlersNeeds, jurisdictionHandlers } from './jurisdiction.ts';
import { type KeyRingHandlersNeeds, keyRingHandlers } from './keyRing.ts';
import { type NetworkHandlersNeeds, networkHandlers } from './network.ts';
import { observerHandlers } from './observers.ts';
import { type PairingHandlersNeeds, pairingHandlers } from './pairing.ts';
import { planningHandlers } from './planning.ts';
import { type PreparationHandlersNeeds, preparationHandlers } from './preparation.ts';
import { type QuestionHandlersNeeds, questionHandlers } from './questions.ts';
import { recordingHandlers } from './recording.ts';
import { roomHandlers } from './rooms.ts';
import { type SelfTestHandlersNeeds, selfTestHandlers } from './selfTest.ts';
import { sessionHandlers } from './session.ts';
import { type StationHandlersNeeds, stationHandlers } from './station.ts';
import { type TabletHandlersNeeds, tabletHandlers } from './tablet.ts';
import { type TimestampHandlersNeeds, timestampHandlers } from './timestamps.ts';

export interface RouterNeeds
  extends ArchiveHandlersNeeds,
    AttachmentHandlersNeeds,
    BackupHandlersNeeds,
    ConductingHandlersNeeds,
    ClosingHandlersNeeds,
    CopyHandlersNeeds,
    CustodyHandlersNeeds,
    HearingHandlersNeeds,
    InterviewHandlersNeeds,
    JurisdictionHandlersNeeds,
    KeyRingHandlersNeeds,
    NetworkHandlersNeeds,
    PairingHandlersNeeds,
    PreparationHandlersNeeds,
    QuestionHandlersNeeds,
    SelfTestHandlersNeeds,
    StationHandlersNeeds,
    TabletHandlersNeeds,
    TimestampHandlersNeeds {
  readonly sessions: Sessions;
  readonly accounts: AccountsService;
  readonly standing: AccountStanding;
  readonly certificates: OwnCertificates;
  readonly cases: CasesService;
  readonly interviews: InterviewsService;
  readonly planning: PlanningService;
  readonly rooms: RoomsService;
  readonly recording: RecordingService;
  readonly observers: Observers;
}

/** Every operation of the contract with its handler; TypeScript refuses one that is missing. */
export function stationRouter(os: Implementer, needs: RouterNeeds) {
  return os.router({
    ...stationHandlers(os, needs),
    session: sessionHandlers(os, needs),
    accounts: accountHandlers(os, needs),
    keyRing: keyRingHandlers(os, needs),
    cases: caseHandlers(os, needs),
    interviews: interviewHandlers(os, needs),
    planning: planningHandlers(os, needs),
    rooms: roomHandlers(os, needs),
    selfTest: selfTestHandlers(os, needs),
    preparation: preparationHandlers(os, needs),
    ...recordingHandlers(os, needs.recording, needs.sessions),
    conducting: conductingHandlers(os, needs),
    observers: observerHandlers(os, needs),
    questions: questionHandlers(os, needs),
    tablet: tabletHandlers(os, needs),
    pairing: pairingHandlers(os, needs),
    network: networkHandlers(os, needs),
    ...archiveHandlers(os, needs),
    ...copyHandlers(os, needs),
    ...attachmentHandlers(os, needs),
    ...closingHandlers(os, needs),
    ...hearingHandlers(os, needs),
    ...custodyHandlers(os, needs),
    timestamps: timestampHandlers(os, needs),
    jurisdiction: jurisdictionHandlers(os, needs),
    backup: backupHandlers(os, needs),
  });
}
export type StationRouter = ReturnType<typeof stationRouter>;
