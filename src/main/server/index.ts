export { CallContext } from './context.ts';
export { type HttpNeeds, httpApplication } from './http.ts';
export { implementer } from './implement.ts';
export { Jobs } from './jobs.ts';
export { Observers } from './observers.ts';
export { Pairing } from './pairing.ts';
export { type StationRouter, stationRouter } from './router/index.ts';
export { type Screen, ScreenRegistry } from './screens.ts';
export { StationMedia } from './stationMedia.ts';
