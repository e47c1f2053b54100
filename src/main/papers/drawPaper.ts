import type { Paper } from './blocks.ts';
import { measure, newDocument, Pen, page, styles } from './pen.ts';
import { type Piece, piecesOf } from './pieces.ts';

/**
 * Draws a paper as a PDF: A4, PDF/A-2b (ISO 19005-2), tagged, with its language, its fonts within it, and nothing that leads
 * out of it. The same paper gives the same bytes.
 */
export async function drawPaper(paper: Paper): Promise<Buffer> {
  const doc = newDocument(paper);
  const bytes = bytesOf(doc);
  const pen = new Pen(doc, paper.scale);
  const pages = paginated(paper.blocks.flatMap((block) => piecesOf(block, pen)));
  const root = doc.struct('Document');
  doc.addStructure(root);
  for (const pieces of pages) {
    doc.addPage();
    for (const { piece, y } of pieces) {
      const options = piece.alt === undefined ? {} : { alt: piece.alt };
      root.add(doc.struct(piece.tag, options, () => piece.draw(y)));
    }
  }
  root.end();
  const footPen = new Pen(doc);
  pages.forEach((_, index) => {
    doc.switchToPage(index);
    drawFoot(footPen, paper, index + 1, pages.length);
    if (paper.mark !== undefined) drawMark(footPen, paper.mark);
  });
  doc.end();
  return await bytes;
}

/** The bytes of a document, once it was ended. */
export async function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  return Buffer.concat(chunks);
}

/** Which pieces stand on which page and where: whole, and those that belong to their next one not alone at the end. */
function paginated(pieces: readonly Piece[]): { piece: Piece; y: number }[][] {
  const pages: { piece: Piece; y: number }[][] = [[]];
  let y: number = page.top;
  for (let index = 0; index < pieces.length; ) {
    let last = index;
    while (pieces[last]?.withNext === true && last + 1 < pieces.length) last += 1;
    const group = pieces.slice(index, last + 1);
    index = last + 1;
    const height = group.reduce((sum, piece) => sum + piece.before + piece.height, 0);
    if (y + height > page.end && y > page.top) {
      pages.push([]);
      y = page.top;
    }
    for (const piece of group) {
      if (y > page.top) y += piece.before;
      pages.at(-1)?.push({ piece, y });
      y += piece.height;
    }
  }
  return pages;
}

/** The foot of each page: which exhibit, which page, and the digest that ties the page to the record. */
function drawFoot(pen: Pen, { foot }: Paper, number: number, pages: number): void {
  const { doc } = pen;
  doc.markContent('Artifact', { type: 'Pagination' });
  pen.rule(page.foot);
  pen.write(foot.left, styles.foot, page.left, page.foot + 6, measure / 2);
  pen.write(foot.page(number, pages), styles.foot, page.left + measure / 2, page.foot + 6, measure / 2, 'right');
  pen.write(foot.below, styles.footMono, page.left, page.foot + 19, measure);
  doc.endMarkedContent();
}

function drawMark(pen: Pen, mark: string): void {
  pen.doc.markContent('Artifact', { type: 'Pagination' });
  pen.write(mark, styles.title, page.left, (page.top - styles.title.size) / 2, measure, 'center');
  pen.doc.endMarkedContent();
}
