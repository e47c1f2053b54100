export type { Block, CheckRow, FactRow, Paper, Value } from './blocks.ts';
export { bytesOf, drawPaper } from './drawPaper.ts';
export { NewFile } from './newFile.ts';
export { newDocument, Pen, type Style, styles } from './pen.ts';
export { drawQr } from './qrSquare.ts';
export { clockOf, figure, lengthOf, type Moment, momentOf } from './times.ts';
