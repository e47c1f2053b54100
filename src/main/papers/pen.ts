import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** One way in which text stands on the paper. Sizes and gaps in points. */
export interface Style {
  readonly font: 'regular' | 'bold' | 'mono';
  readonly size: number;
  readonly gap: number;
  readonly ink: string;
}

const INK = '#000000';
/** Dark enough to stay legible from a black and white printer. */
const SOFT = '#404040';

export const styles = {
  above: { font: 'regular', size: 9.5, gap: 2, ink: SOFT },
  title: { font: 'bold', size: 16, gap: 3, ink: INK },
  below: { font: 'bold', size: 11, gap: 2, ink: INK },
  heading: { font: 'bold', size: 10, gap: 2, ink: INK },
  strong: { font: 'bold', size: 8.4, gap: 1.8, ink: INK },
  body: { font: 'regular', size: 8.4, gap: 1.8, ink: INK },
  value: { font: 'regular', size: 8.2, gap: 1.2, ink: INK },
  label: { font: 'regular', size: 8.2, gap: 1.2, ink: SOFT },
  soft: { font: 'regular', size: 7.4, gap: 1, ink: SOFT },
  digest: { font: 'mono', size: 7.8, gap: 1, ink: INK },
  digestSmall: { font: 'mono', size: 7, gap: 1, ink: INK },
  mono: { font: 'mono', size: 7.4, gap: 1.2, ink: INK },
  foot: { font: 'regular', size: 7.4, gap: 0, ink: SOFT },
  footMono: { font: 'mono', size: 6.4, gap: 0, ink: SOFT },
} as const satisfies Record<string, Style>;

/** A4 in points, with what stays white around the text. */
export const page = { width: 595.28, height: 841.89, left: 57, right: 57, top: 50, end: 772, foot: 786 } as const;
export const measure = page.width - page.left - page.right;

const files = { regular: 'DejaVuSans', bold: 'DejaVuSans-Bold', mono: 'DejaVuSansMono' } as const;

/** An empty document in which the fonts are known; pages are added by whoever draws. */
export function newDocument(paper: {
  readonly language: string;
  readonly title: string;
  readonly at: string;
  readonly producer: string;
  /** A4 where it is not said. */
  readonly size?: 'A4' | 'A6';
}) {
  const at = new Date(paper.at);
  const doc = new PDFDocument({
    ...{ size: paper.size ?? 'A4', margin: 0, autoFirstPage: false, bufferPages: true },
    ...{ pdfVersion: '1.7', subset: 'PDF/A-2b', tagged: true, displayTitle: true, lang: paper.language },
    info: { Title: paper.title, Creator: paper.producer, Producer: paper.producer, CreationDate: at },
  });
  const find = createRequire(import.meta.url).resolve;
  for (const [name, file] of Object.entries(files)) doc.registerFont(name, find(`dejavu-fonts-ttf/ttf/${file}.ttf`));
  return doc;
}

/** Measures and writes text in the styles of the paper. */
export class Pen {
  readonly doc: PDFKit.PDFDocument;
  readonly #scale: number;

  constructor(doc: PDFKit.PDFDocument, scale = 1) {
    this.doc = doc;
    this.#scale = scale;
  }

  /** How high `text` stands in a column of this width, in points. */
  height(text: string, style: Style, width: number): number {
    return this.#set(style).heightOfString(text, { width, lineGap: style.gap * this.#scale });
  }

  width(text: string, style: Style): number {
    return this.#set(style).widthOfString(text);
  }

  /** Writes with the upper left corner at `x`, `y`. */
  write(
    text: string,
    style: Style,
    x: number,
    y: number,
    width: number,
    align: 'left' | 'right' | 'center' = 'left',
  ): void {
    this.#set(style)
      .fillColor(style.ink)
      .text(text, x, y, { width, lineGap: style.gap * this.#scale, align });
  }

  /** A text broken into lines no wider than `width`; its own line ends stay, and a word too long for a line is cut. */
  lines(text: string, style: Style, width: number): string[] {
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ').flatMap((one) => this.#fitting(one, style, width))) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line === '' || this.width(longer, style) <= width) line = longer;
        else {
          lines.push(line);
          line = word;
        }
      }
      return [...lines, line];
    });
  }

  #fitting(word: string, style: Style, width: number): string[] {
    if (this.width(word, style) <= width) return [word];
    return word.match(/.{1,40}/gu) ?? [word];
  }

  /** A thin line from `x` to `right`, the edges of the text where they are not given. */
  rule(y: number, x: number = page.left, right: number = page.width - page.right): void {
    this.doc.moveTo(x, y).lineTo(right, y).lineWidth(0.4).strokeColor('#8c8c8c').stroke();
  }

  #set({ font, size }: Style): PDFKit.PDFDocument {
    return this.doc.font(font).fontSize(size * this.#scale);
  }
}

/** A digest as people compare it: two lines of eight groups of four. */
export function grouped(digest: string): string {
  const groups = digest.match(/.{1,4}/g) ?? [];
  const half = Math.ceil(groups.length / 2);
  return `${groups.slice(0, half).join(' ')}\n${groups.slice(half).join(' ')}`;
}

/** A command broken at spaces, so that what is typed off the paper works: each broken line ends with a backslash. */
export function brokenCommand(command: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of command.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || longer.length <= columns - 2) line = longer;
    else {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    }
  }
  return [...lines, line];
}
