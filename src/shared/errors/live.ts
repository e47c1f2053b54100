/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-live.json`. */
export const liveErrors = ['LIVE_NOTHING_YET', 'LIVE_SEGMENT_GONE', 'OBSERVERS_NOT_NOW'] as const;
