import { create } from 'qrcode';

/** Draws a QR code with its quiet edge as one filled path of level runs: sharp at any size, and no image in the file. */
export function drawQr(doc: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const unit = side / (size + 8);
  for (let row = 0; row < size; row += 1) {
    let from: number | null = null;
    for (let column = 0; column <= size; column += 1) {
      const dark = column < size && data[row * size + column] === 1;
      if (dark && from === null) from = column;
      if (dark || from === null) continue;
      doc.rect(x + (from + 4) * unit, y + (row + 4) * unit, (column - from) * unit, unit);
      from = null;
    }
  }
  doc.fill('#000000');
}
