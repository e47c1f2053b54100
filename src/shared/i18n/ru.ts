import access from './ru/access.json' with { type: 'json' };
import account from './ru/account.json' with { type: 'json' };
import admin from './ru/admin.json' with { type: 'json' };
import archive from './ru/archive.json' with { type: 'json' };
import calendar from './ru/calendar.json' with { type: 'json' };
import cases from './ru/cases.json' with { type: 'json' };
import certificate from './ru/certificate.json' with { type: 'json' };
import child from './ru/child.json' with { type: 'json' };
import closing from './ru/closing.json' with { type: 'json' };
import common from './ru/common.json' with { type: 'json' };
import copies from './ru/copies.json' with { type: 'json' };
import entry from './ru/entry.json' with { type: 'json' };
import errorsAccounts from './ru/errors-accounts.json' with { type: 'json' };
import errorsArchive from './ru/errors-archive.json' with { type: 'json' };
import errorsAttachments from './ru/errors-attachments.json' with { type: 'json' };
import errorsBackup from './ru/errors-backup.json' with { type: 'json' };
import errorsCases from './ru/errors-cases.json' with { type: 'json' };
import errorsClosing from './ru/errors-closing.json' with { type: 'json' };
import errorsCopies from './ru/errors-copies.json' with { type: 'json' };
import errorsCustody from './ru/errors-custody.json' with { type: 'json' };
import errorsJurisdiction from './ru/errors-jurisdiction.json' with { type: 'json' };
import errorsLive from './ru/errors-live.json' with { type: 'json' };
import errorsNetwork from './ru/errors-network.json' with { type: 'json' };
import errorsPlayback from './ru/errors-playback.json' with { type: 'json' };
import errorsPreparation from './ru/errors-preparation.json' with { type: 'json' };
import errorsQuestions from './ru/errors-questions.json' with { type: 'json' };
import errorsRecorder from './ru/errors-recorder.json' with { type: 'json' };
import errorsRooms from './ru/errors-rooms.json' with { type: 'json' };
import errorsSealing from './ru/errors-sealing.json' with { type: 'json' };
import errorsSelfTest from './ru/errors-self-test.json' with { type: 'json' };
import errorsStation from './ru/errors-station.json' with { type: 'json' };
import errorsTablet from './ru/errors-tablet.json' with { type: 'json' };
import errorsTimestamps from './ru/errors-timestamps.json' with { type: 'json' };
import errorsVault from './ru/errors-vault.json' with { type: 'json' };
import errorsVerification from './ru/errors-verification.json' with { type: 'json' };
import hearing from './ru/hearing.json' with { type: 'json' };
import hearings from './ru/hearings.json' with { type: 'json' };
import home from './ru/home.json' with { type: 'json' };
import interview from './ru/interview.json' with { type: 'json' };
import interviewer from './ru/interviewer.json' with { type: 'json' };
import jurisdiction from './ru/jurisdiction.json' with { type: 'json' };
import live from './ru/live.json' with { type: 'json' };
import log from './ru/log.json' with { type: 'json' };
import meta from './ru/meta.json' with { type: 'json' };
import network from './ru/network.json' with { type: 'json' };
import pairing from './ru/pairing.json' with { type: 'json' };
import plan from './ru/plan.json' with { type: 'json' };
import player from './ru/player.json' with { type: 'json' };
import preparation from './ru/preparation.json' with { type: 'json' };
import protocol from './ru/protocol.json' with { type: 'json' };
import questions from './ru/questions.json' with { type: 'json' };
import recorder from './ru/recorder.json' with { type: 'json' };
import roles from './ru/roles.json' with { type: 'json' };
import selfTest from './ru/selfTest.json' with { type: 'json' };
import supplements from './ru/supplements.json' with { type: 'json' };
import time from './ru/time.json' with { type: 'json' };
import transcript from './ru/transcript.json' with { type: 'json' };
import verify from './ru/verify.json' with { type: 'json' };
import witness from './ru/witness.json' with { type: 'json' };

/** Every word of the product in Russian. The sentences of all error codes are one namespace. */
export const ru = {
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
