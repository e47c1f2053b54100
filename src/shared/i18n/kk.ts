import access from './kk/access.json' with { type: 'json' };
import account from './kk/account.json' with { type: 'json' };
import admin from './kk/admin.json' with { type: 'json' };
import archive from './kk/archive.json' with { type: 'json' };
import calendar from './kk/calendar.json' with { type: 'json' };
import cases from './kk/cases.json' with { type: 'json' };
import certificate from './kk/certificate.json' with { type: 'json' };
import child from './kk/child.json' with { type: 'json' };
import closing from './kk/closing.json' with { type: 'json' };
import common from './kk/common.json' with { type: 'json' };
import copies from './kk/copies.json' with { type: 'json' };
import entry from './kk/entry.json' with { type: 'json' };
import errorsAccounts from './kk/errors-accounts.json' with { type: 'json' };
import errorsArchive from './kk/errors-archive.json' with { type: 'json' };
import errorsAttachments from './kk/errors-attachments.json' with { type: 'json' };
import errorsBackup from './kk/errors-backup.json' with { type: 'json' };
import errorsCases from './kk/errors-cases.json' with { type: 'json' };
import errorsClosing from './kk/errors-closing.json' with { type: 'json' };
import errorsCopies from './kk/errors-copies.json' with { type: 'json' };
import errorsCustody from './kk/errors-custody.json' with { type: 'json' };
import errorsJurisdiction from './kk/errors-jurisdiction.json' with { type: 'json' };
import errorsLive from './kk/errors-live.json' with { type: 'json' };
import errorsNetwork from './kk/errors-network.json' with { type: 'json' };
import errorsPlayback from './kk/errors-playback.json' with { type: 'json' };
import errorsPreparation from './kk/errors-preparation.json' with { type: 'json' };
import errorsQuestions from './kk/errors-questions.json' with { type: 'json' };
import errorsRecorder from './kk/errors-recorder.json' with { type: 'json' };
import errorsRooms from './kk/errors-rooms.json' with { type: 'json' };
import errorsSealing from './kk/errors-sealing.json' with { type: 'json' };
import errorsSelfTest from './kk/errors-self-test.json' with { type: 'json' };
import errorsStation from './kk/errors-station.json' with { type: 'json' };
import errorsTablet from './kk/errors-tablet.json' with { type: 'json' };
import errorsTimestamps from './kk/errors-timestamps.json' with { type: 'json' };
import errorsVault from './kk/errors-vault.json' with { type: 'json' };
import errorsVerification from './kk/errors-verification.json' with { type: 'json' };
import hearing from './kk/hearing.json' with { type: 'json' };
import hearings from './kk/hearings.json' with { type: 'json' };
import home from './kk/home.json' with { type: 'json' };
import interview from './kk/interview.json' with { type: 'json' };
import interviewer from './kk/interviewer.json' with { type: 'json' };
import jurisdiction from './kk/jurisdiction.json' with { type: 'json' };
import live from './kk/live.json' with { type: 'json' };
import log from './kk/log.json' with { type: 'json' };
import meta from './kk/meta.json' with { type: 'json' };
import network from './kk/network.json' with { type: 'json' };
import pairing from './kk/pairing.json' with { type: 'json' };
import plan from './kk/plan.json' with { type: 'json' };
import player from './kk/player.json' with { type: 'json' };
import preparation from './kk/preparation.json' with { type: 'json' };
import protocol from './kk/protocol.json' with { type: 'json' };
import questions from './kk/questions.json' with { type: 'json' };
import recorder from './kk/recorder.json' with { type: 'json' };
import roles from './kk/roles.json' with { type: 'json' };
import selfTest from './kk/selfTest.json' with { type: 'json' };
import supplements from './kk/supplements.json' with { type: 'json' };
import time from './kk/time.json' with { type: 'json' };
import transcript from './kk/transcript.json' with { type: 'json' };
import verify from './kk/verify.json' with { type: 'json' };
import witness from './kk/witness.json' with { type: 'json' };

/** Every word of the product in Kazakh, Cyrillic. The sentences of all error codes are one namespace. */
export const kk = {
  access,
  account,
  meta,
  common,
  roles,
  entry,
  home,
  calendar,
  cases,
  plan,
  admin,
  log,
  hearings,
  interview,
  interviewer,
  jurisdiction,
  live,
  network,
  pairing,
  hearing,
  archive,
  certificate,
  copies,
  player,
  child,
  closing,
  protocol,
  preparation,
  questions,
  recorder,
  selfTest,
  supplements,
  time,
  transcript,
  verify,
  witness,
  errors: {
    ...errorsStation,
    ...errorsAccounts,
    ...errorsBackup,
    ...errorsCases,
    ...errorsRooms,
    ...errorsSelfTest,
    ...errorsPreparation,
    ...errorsRecorder,
    ...errorsJurisdiction,
    ...errorsLive,
    ...errorsQuestions,
    ...errorsNetwork,
    ...errorsVault,
    ...errorsCustody,
    ...errorsSealing,
    ...errorsTablet,
    ...errorsTimestamps,
    ...errorsPlayback,
    ...errorsArchive,
    ...errorsCopies,
    ...errorsClosing,
    ...errorsAttachments,
    ...errorsVerification,
  },
};
