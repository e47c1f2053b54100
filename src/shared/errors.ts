import { accountErrors } from './errors/accounts.ts';
import { archiveErrors } from './errors/archive.ts';
import { attachmentErrors } from './errors/attachments.ts';
import { backupErrors } from './errors/backup.ts';
import { caseErrors } from './errors/cases.ts';
import { closingErrors } from './errors/closing.ts';
import { copyErrors } from './errors/copies.ts';
import { custodyErrors } from './errors/custody.ts';
import { jurisdictionErrors } from './errors/jurisdiction.ts';
import { liveErrors } from './errors/live.ts';
import { networkErrors } from './errors/network.ts';
import { playbackErrors } from './errors/playback.ts';
import { preparationErrors } from './errors/preparation.ts';
import { questionErrors } from './errors/questions.ts';
import { recorderErrors } from './errors/recorder.ts';
import { roomErrors } from './errors/rooms.ts';
import { sealingErrors } from './errors/sealing.ts';
import { selfTestErrors } from './errors/selfTest.ts';
import { stationErrors } from './errors/station.ts';
import { tabletErrors } from './errors/tablet.ts';
import { timestampErrors } from './errors/timestamps.ts';
import { vaultErrors } from './errors/vault.ts';
import { verificationErrors } from './errors/verification.ts';

/** The closed list of error codes. Each has a sentence in every language (`i18n/<lang>/errors-<area>.json`). */
export const errorCodes = [
  ...stationErrors,
  ...accountErrors,
  ...caseErrors,
  ...roomErrors,
  ...selfTestErrors,
  ...recorderErrors,
  ...liveErrors,
  ...networkErrors,
  ...vaultErrors,
  ...custodyErrors,
  ...sealingErrors,
  ...timestampErrors,
  ...playbackErrors,
  ...archiveErrors,
  ...verificationErrors,
  ...copyErrors,
  ...closingErrors,
  ...attachmentErrors,
  ...backupErrors,
  ...jurisdictionErrors,
  ...questionErrors,
  ...preparationErrors,
  ...tabletErrors,
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What a sentence may need: figures, ids, paths that the person chose. Never a name of a child or a secret. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/**
 * Something was refused or failed in a way we know: a code from the closed list and the parameters of its sentence.
 * The sentence itself is made where it is shown, in the reader's language; the stack stays in the log.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(`${code}${Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : ''}`, options);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
  }
}

/** True if `error` is a refusal, with this code when one is given. */
export function isRefusal(error: unknown, code?: ErrorCode): error is Refusal {
  return error instanceof Refusal && (code === undefined || error.code === code);
}
