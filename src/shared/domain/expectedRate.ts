import type { SourceConfig } from './devices.ts';

/** Bytes a second that a camera and a microphone send at most where it is not known yet: the encoder's ceiling, 128 kbit/s. */
export const EXPECTED_RATE = { video: 520_000, audio: 17_000 } as const;

/** What a room with these sources may write to each disk, bytes a second. */
export const expectedRate = (sources: readonly Pick<SourceConfig, 'kind'>[]): number =>
  sources.reduce((sum, { kind }) => sum + EXPECTED_RATE[kind], 0);
