export {
  type Discovery,
  discoverDevices,
  findClockFont,
  openInput,
  simulatedDevices,
  simulatedRoom,
} from './devices/index.ts';
export { checkFfmpeg, type FfmpegInfo, ffmpegOnce, findFfmpeg } from './ffmpeg/index.ts';
export { type RoomsNeeds, RoomsService } from './roomsService.ts';
