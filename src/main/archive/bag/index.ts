export {
  type BagCustody,
  type BagFile,
  type BagInput,
  type BagPart,
  type BagProgress,
  bagFile,
  type ExportedManifest,
} from './bagInput.ts';
export { collectCustody } from './custodyFiles.ts';
export { encryptedTarSink } from './encryptedTarSink.ts';
export { folderSink } from './folderSink.ts';
export { handOverSink } from './handOverSink.ts';
export type { BagSink } from './sink.ts';
export { type WrittenBag, writeBag } from './writeBag.ts';
