export {
  type Discovery,
  discoverDevices,
  findClockFont,
  findNetworkCameras,
  openInput,
  practiceDevices,
  simulatedDevices,
  simulatedRoom,
} from './devices/index.ts';
export { checkFfmpeg, type FfmpegInfo, ffmpegOnce, findFfmpeg } from './ffmpeg/index.ts';
export { type RoomsNeeds, RoomsService } from './roomsService.ts';
