import { create } from 'qrcode';
import { expect, it } from 'vitest';
import { newDocument } from '../../../src/main/papers/pen.ts';
import { drawQr } from '../../../src/main/papers/qrSquare.ts';

it('the drawn code has the dark places of the code, within a quiet edge of four', () => {
  const text = 'almaty1-2026-000017\n1243 ny5tM6NxfugmNTpAS6RhjRrutoea15Nrzo7V9GgUkk0=';
  const doc = newDocument({ language: 'en', title: 't', at: '2026-11-24T04:31:09.000Z', producer: 'p' });
  doc.addPage();
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const side = 10 * (size + 8);
  const dark = new Set<string>();
  const drawn: typeof doc.rect = (x, y, width, height) => {
    expect(height).toBeCloseTo(10);
    for (let at = 0; at < Math.round(width / 10); at += 1)
      dark.add(`${Math.round((x - 100) / 10) + at} ${Math.round((y - 200) / 10)}`);
    return doc;
  };
  drawQr(Object.assign(doc, { rect: drawn }), text, 100, 200, side);
  const due: string[] = [];
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      if (data[row * size + column] === 1) due.push(`${column + 4} ${row + 4}`);
  expect([...dark].toSorted()).toEqual(due.toSorted());
  expect(due.length).toBeGreaterThan(300);
});
