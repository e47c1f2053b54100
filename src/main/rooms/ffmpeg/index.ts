export { checkFfmpeg, chooseH264Encoder, type FfmpegInfo, leastMajor } from './check.ts';
export { type FindOptions, findFfmpeg } from './find.ts';
export { type FoundFfmpeg, ffmpegOnce } from './once.ts';
export { type H264Encoder, parseTable, parseVersion } from './parse.ts';
export { type Listing, type RunListing, runListing } from './runListing.ts';
