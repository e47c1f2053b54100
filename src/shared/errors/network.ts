/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-network.json`. */
export const networkErrors = [
  'PAIRING_CODE_WRONG',
  'PAIRING_CODE_USED',
  'PAIRING_CODE_EXPIRED',
  'PAIRING_PAUSED',
  'SCREENS_NOT_NOW',
  'TOO_MANY_REQUESTS',
  'NETWORK_PORT_TAKEN',
  'NETWORK_ADDRESS_NOT_THERE',
  'NETWORK_NOT_OPENED',
  'NETWORK_KEY_UNREADABLE',
] as const;
