import { expect, it } from 'vitest';
import { ownFile } from '../../../src/shared/domain/ownFiles.ts';

it('knows what the station itself kept, and takes nobody’s file for it', () => {
  expect(ownFile({ file: 'attachments/preparation-2.json', title: 'preparation' })).toEqual({ kind: 'preparation' });
  expect(ownFile({ file: 'attachments/still-face-2.jpg', title: 'still-face' })).toEqual({
    kind: 'still',
    source: 'face',
  });
  for (const [file, title] of [
    ['attachments/preparation.json', 'What we prepared'],
    ['attachments/drawing.png', 'preparation'],
    ['attachments/drawing.png', 'still-face'],
    ['supplements/1/still-face.jpg', 'still-face'],
    ['attachments/still-face.jpg', 'still-Face of the child'],
  ] as const) {
    expect(ownFile({ file, title }), `${file} ${title}`).toBeNull();
  }
});
