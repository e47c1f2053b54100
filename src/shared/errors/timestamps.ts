/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-timestamps.json`. */
export const timestampErrors = [
  'TSA_ADDRESS_INVALID',
  'TSA_UNREACHABLE',
  'TSA_TOO_SLOW',
  'TSA_HTTP_STATUS',
  'TSA_ANSWER_TOO_LARGE',
  'TSA_ANSWER_MALFORMED',
  'TSA_NOT_GRANTED',
  'TSA_WRONG_IMPRINT',
  'TSA_WRONG_NONCE',
  'TSA_WRONG_POLICY',
  'TSA_WRONG_CERTIFICATE',
  'TSA_SIGNATURE_INVALID',
  'TSA_NOT_TRUSTED',
  'TSA_WRONG_TIME',
] as const;
