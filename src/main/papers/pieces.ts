import type { Block, CheckRow, FactRow, Value } from './blocks.ts';
import { brokenCommand, grouped, measure, type Pen, page, type Style, styles } from './pen.ts';
import { drawQr } from './qrSquare.ts';

/** What is drawn whole on one page. Heights in points; `draw` is given the upper edge. */
export interface Piece {
  /** Its place in the document's structure, for readers that speak: PDF 32000-1 §14.8.4. */
  readonly tag: 'H1' | 'H2' | 'P' | 'Code' | 'Figure';
  readonly alt?: string;
  readonly before: number;
  readonly height: number;
  /** Stands on the same page as the next piece. */
  readonly withNext: boolean;
  draw(y: number): void;
}

const LABEL = 112;
const VALUE = { x: page.left + LABEL + 10, width: measure - LABEL - 10 };

/** The pieces of one block, from top to bottom. */
export function piecesOf(block: Block, pen: Pen): Piece[] {
  switch (block.kind) {
    case 'title':
      return [
        text(pen, block.above, styles.above, { before: 0, withNext: true }),
        text(pen, block.title, styles.title, { tag: 'H1', before: 12, withNext: true }),
        ...block.below.map((line) => text(pen, line, styles.below, { before: 4 })),
      ];
    case 'notice':
      return [framed(pen, block.text)];
    case 'lead':
      return [text(pen, block.text, styles.body, { before: 12 })];
    case 'heading':
      return [text(pen, block.text, styles.heading, { tag: 'H2', before: 13, withNext: true })];
    case 'text':
      return [text(pen, block.text, styles.body, { before: 6, withNext: block.withNext ?? false })];
    case 'prose':
      return prose(pen, block.text);
    case 'lines':
      return Array.from({ length: block.count }, () => blank(pen));
    case 'list':
      return block.items.map((item) => listed(pen, item, block.withNext ?? false));
    case 'facts':
      return block.rows.map((row, index) => fact(pen, row, { first: index === 0, withNext: block.withNext ?? false }));
    case 'code':
      return block.lines.map((line, index) => code(pen, line, index === 0));
    case 'checks':
      return block.rows.map((row, index) => check(pen, row, index === 0));
    case 'qr':
      return [qr(pen, block)];
    case 'hand':
      return [hand(pen, block.labels)];
  }
}

function text(
  pen: Pen,
  said: string,
  style: Style,
  { tag = 'P', before, withNext = false }: { tag?: Piece['tag']; before: number; withNext?: boolean },
): Piece {
  return {
    ...{ tag, before, withNext },
    height: pen.height(said, style, measure),
    draw: (y) => pen.write(said, style, page.left, y, measure),
  };
}

/** Three lines a piece: few enough to fill a page, enough that none stands alone. */
const TOGETHER = 3;

function prose(pen: Pen, said: string): Piece[] {
  const lines = pen.lines(said, styles.body, measure);
  const pieces: Piece[] = [];
  for (let from = 0; from < lines.length; from += TOGETHER) {
    const some = lines.slice(from, from + TOGETHER).join('\n');
    // An empty line has no height of its own.
    const whole = some.replaceAll(/^$/gm, '\u00a0');
    // A hair wider than was measured: a line that just fits is not broken a second time.
    pieces.push({
      ...{ tag: 'P', before: from === 0 ? 5 : 0, withNext: false },
      height: pen.height(whole, styles.body, measure + 4),
      draw: (y) => pen.write(whole, styles.body, page.left, y, measure + 4),
    });
  }
  return pieces;
}

function blank(pen: Pen): Piece {
  return { tag: 'P', before: 0, withNext: false, height: 22, draw: (y) => pen.rule(y + 20) };
}

function framed(pen: Pen, said: string): Piece {
  const width = measure - 20;
  const height = pen.height(said, styles.strong, width) + 14;
  return {
    ...{ tag: 'P', before: 12, withNext: false, height },
    draw: (y) => {
      pen.doc.rect(page.left, y, measure, height).lineWidth(1).strokeColor('#000000').stroke();
      pen.write(said, styles.strong, page.left + 10, y + 8, width);
    },
  };
}

function listed(pen: Pen, said: string, withNext: boolean): Piece {
  const indent = 12;
  return {
    ...{ tag: 'P', before: 4, withNext },
    height: pen.height(said, styles.body, measure - indent),
    draw: (y) => {
      pen.write('–', styles.body, page.left, y, indent);
      pen.write(said, styles.body, page.left + indent, y, measure - indent);
    },
  };
}

/** Something that knows its height and writes itself into the column of values. */
interface Written {
  readonly height: number;
  write(y: number): void;
}

function fact(pen: Pen, { label, values }: FactRow, { first, withNext }: { first: boolean; withNext: boolean }): Piece {
  const written = values.map((value) => writtenValue(pen, value));
  const right = written.reduce((sum, { height }) => sum + height, 0) + 2 * (written.length - 1);
  const left = label === '' ? 0 : pen.height(label, styles.label, LABEL);
  return {
    ...{ tag: 'P', before: first ? 6 : 0, withNext, height: Math.max(left, right) + 6 },
    draw: (y) => {
      pen.rule(y, label === '' ? VALUE.x : page.left);
      if (label !== '') pen.write(label, styles.label, page.left, y + 4, LABEL);
      let at = y + 4;
      for (const one of written) {
        one.write(at);
        at += one.height + 2;
      }
    },
  };
}

function writtenValue(pen: Pen, value: Value): Written {
  if ('digests' in value) return columns(pen, value.digests);
  if ('digest' in value) return column(pen, grouped(value.digest), styles.digest);
  if ('mono' in value) return column(pen, value.mono, styles.mono);
  return column(pen, value.text, value.soft === true ? styles.soft : styles.value);
}

function column(pen: Pen, said: string, style: Style, x: number = VALUE.x, width: number = VALUE.width): Written {
  return { height: pen.height(said, style, width), write: (y) => pen.write(said, style, x, y, width) };
}

function columns(pen: Pen, digests: readonly { readonly name: string; readonly digest: string }[]): Written {
  const width = (VALUE.width - 6 * (digests.length - 1)) / digests.length;
  const all = digests.map(({ name, digest }, index) => {
    const x = VALUE.x + index * (width + 6);
    return {
      name: column(pen, name, styles.soft, x, width),
      digest: column(pen, grouped(digest), styles.digestSmall, x, width),
    };
  });
  const names = Math.max(...all.map(({ name }) => name.height));
  return {
    height: names + 1 + Math.max(...all.map(({ digest }) => digest.height)),
    write: (y) => {
      for (const { name, digest } of all) {
        name.write(y);
        digest.write(y + names + 1);
      }
    },
  };
}

function code(pen: Pen, line: string, first: boolean): Piece {
  const indent = 10;
  const characters = Math.floor((measure - indent) / pen.width('0', styles.mono));
  const said = brokenCommand(line, characters).join('\n');
  const height = pen.height(said, styles.mono, measure - indent) + 2;
  return {
    ...{ tag: 'Code', before: first ? 4 : 1, withNext: false, height },
    draw: (y) => {
      const { doc } = pen;
      doc
        .moveTo(page.left + 2, y - 1)
        .lineTo(page.left + 2, y + height - 1)
        .lineWidth(1.2)
        .strokeColor('#8c8c8c')
        .stroke();
      pen.write(said, styles.mono, page.left + indent, y, measure - indent);
    },
  };
}

function check(pen: Pen, { mark, status, title, reasons }: CheckRow, first: boolean): Piece {
  const [indent, right] = [14, 110];
  const width = measure - indent - right - 8;
  const said = [
    { text: title, style: styles.value },
    ...reasons.map((reason) => ({ text: reason, style: styles.soft })),
  ];
  const heights = said.map((one) => pen.height(one.text, one.style, width));
  const height = Math.max(
    heights.reduce((sum, one) => sum + one, 0),
    pen.height(status, styles.strong, right),
  );
  return {
    ...{ tag: 'P', before: first ? 5 : 2.5, withNext: false, height },
    draw: (y) => {
      pen.write(mark, styles.strong, page.left, y, indent);
      let at = y;
      for (const [index, one] of said.entries()) {
        pen.write(one.text, one.style, page.left + indent, at, width);
        at += heights[index] ?? 0;
      }
      pen.write(status, styles.strong, page.width - page.right - right, y, right, 'right');
    },
  };
}

function qr(pen: Pen, { text: coded, alt, caption, beside }: Extract<Block, { kind: 'qr' }>): Piece {
  const side = 100;
  const lines = [
    { text: caption, style: styles.strong },
    ...beside.map((said) => ({ text: said, style: styles.body })),
  ];
  const heights = lines.map((line) => pen.height(line.text, line.style, VALUE.width));
  return {
    ...{ tag: 'Figure', alt, before: 6, withNext: false },
    height: Math.max(side, heights.reduce((sum, one) => sum + one + 5, 0) + 10),
    draw: (y) => {
      drawQr(pen.doc, coded, page.left, y, side);
      let at = y + 10;
      for (const [index, line] of lines.entries()) {
        pen.write(line.text, line.style, VALUE.x, at, VALUE.width);
        at += (heights[index] ?? 0) + 5;
      }
    },
  };
}

/** Lines to write on by hand, side by side, each above its name. */
function hand(pen: Pen, labels: readonly string[]): Piece {
  const [space, gap] = [34, 16];
  const width = (measure - gap * (labels.length - 1)) / labels.length;
  return {
    ...{ tag: 'P', before: 4, withNext: false },
    height: space + 3 + Math.max(...labels.map((label) => pen.height(label, styles.soft, width))),
    draw: (y) => {
      for (const [index, label] of labels.entries()) {
        const x = page.left + index * (width + gap);
        pen.rule(y + space, x, x + width);
        pen.write(label, styles.soft, x, y + space + 3, width);
      }
    },
  };
}
