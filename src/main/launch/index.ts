export { type BrowserOptions, type BrowserWindow, openBrowserWindow } from './browserWindow.ts';
export { defaultStationFolder, practiceFolder } from './defaultFolder.ts';
export { findOrStartStation, findStation, StationDidNotStart } from './findStation.ts';
export { isHealthy, lastWindowClosed, type RunningStation, requestCode } from './station.ts';
export { whyItDidNotStart } from './whyNot.ts';
