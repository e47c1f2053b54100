export { checkFfmpeg, type FfmpegInfo, leastMajor } from './check.ts';
export { chooseEncoder } from './chooseEncoder.ts';
export { type EncoderSetup, encoderSetup, type VideoEncoder } from './encoders.ts';
export { type FindOptions, findFfmpeg } from './find.ts';
export { type FoundFfmpeg, ffmpegOnce } from './once.ts';
export { type H264Encoder, parseTable, parseVersion } from './parse.ts';
export { type EncoderTest, type ProbeEncoder, probeEncoder } from './probeEncoder.ts';
export { type Listing, type RunListing, runListing } from './runListing.ts';
