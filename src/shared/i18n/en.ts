import access from './en/access.json' with { type: 'json' };
import account from './en/account.json' with { type: 'json' };
import admin from './en/admin.json' with { type: 'json' };
import archive from './en/archive.json' with { type: 'json' };
import calendar from './en/calendar.json' with { type: 'json' };
import cases from './en/cases.json' with { type: 'json' };
import certificate from './en/certificate.json' with { type: 'json' };
import child from './en/child.json' with { type: 'json' };
import closing from './en/closing.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import copies from './en/copies.json' with { type: 'json' };
import entry from './en/entry.json' with { type: 'json' };
import errorsAccounts from './en/errors-accounts.json' with { type: 'json' };
import errorsArchive from './en/errors-archive.json' with { type: 'json' };
import errorsAttachments from './en/errors-attachments.json' with { type: 'json' };
import errorsBackup from './en/errors-backup.json' with { type: 'json' };
import errorsCases from './en/errors-cases.json' with { type: 'json' };
import errorsClosing from './en/errors-closing.json' with { type: 'json' };
import errorsCopies from './en/errors-copies.json' with { type: 'json' };
import errorsCustody from './en/errors-custody.json' with { type: 'json' };
import errorsJurisdiction from './en/errors-jurisdiction.json' with { type: 'json' };
import errorsLive from './en/errors-live.json' with { type: 'json' };
import errorsNetwork from './en/errors-network.json' with { type: 'json' };
import errorsPlayback from './en/errors-playback.json' with { type: 'json' };
import errorsPreparation from './en/errors-preparation.json' with { type: 'json' };
import errorsQuestions from './en/errors-questions.json' with { type: 'json' };
import errorsRecorder from './en/errors-recorder.json' with { type: 'json' };
import errorsRooms from './en/errors-rooms.json' with { type: 'json' };
import errorsSealing from './en/errors-sealing.json' with { type: 'json' };
import errorsSelfTest from './en/errors-self-test.json' with { type: 'json' };
import errorsStation from './en/errors-station.json' with { type: 'json' };
import errorsTablet from './en/errors-tablet.json' with { type: 'json' };
import errorsTimestamps from './en/errors-timestamps.json' with { type: 'json' };
import errorsVault from './en/errors-vault.json' with { type: 'json' };
import errorsVerification from './en/errors-verification.json' with { type: 'json' };
import hearing from './en/hearing.json' with { type: 'json' };
import hearings from './en/hearings.json' with { type: 'json' };
import home from './en/home.json' with { type: 'json' };
import interview from './en/interview.json' with { type: 'json' };
import interviewer from './en/interviewer.json' with { type: 'json' };
import jurisdiction from './en/jurisdiction.json' with { type: 'json' };
import live from './en/live.json' with { type: 'json' };
import log from './en/log.json' with { type: 'json' };
import meta from './en/meta.json' with { type: 'json' };
import network from './en/network.json' with { type: 'json' };
import pairing from './en/pairing.json' with { type: 'json' };
import plan from './en/plan.json' with { type: 'json' };
import player from './en/player.json' with { type: 'json' };
import preparation from './en/preparation.json' with { type: 'json' };
import protocol from './en/protocol.json' with { type: 'json' };
import questions from './en/questions.json' with { type: 'json' };
import recorder from './en/recorder.json' with { type: 'json' };
import roles from './en/roles.json' with { type: 'json' };
import selfTest from './en/selfTest.json' with { type: 'json' };
import supplements from './en/supplements.json' with { type: 'json' };
import time from './en/time.json' with { type: 'json' };
import transcript from './en/transcript.json' with { type: 'json' };
import verify from './en/verify.json' with { type: 'json' };
import witness from './en/witness.json' with { type: 'json' };

/** Every word of the product in English. The sentences of all error codes are one namespace. */
export const en = {
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
