export { type DiscoverOptions, type Discovery, discoverDevices } from './discover.ts';
export { findClockFont } from './fonts.ts';
export { type InputOptions, inputArguments } from './inputArguments.ts';
export { findNetworkCameras, type NetworkCameraOptions } from './networkCameras.ts';
export { type OpenInput, type OpenInputOptions, openInput } from './openInput.ts';
export { drawn, pixelFigure } from './pixelLetters.ts';
export { parseRtspAddress, type RtspAddress, rtspCamera } from './rtspAddress.ts';
export { type RtspRelay, type RtspRelayOptions, startRtspRelay } from './rtspRelay.ts';
export { practiceDevices, simulatedDevices, simulatedRoom } from './simulatedDevices.ts';
