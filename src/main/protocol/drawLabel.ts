import { isPracticeExhibit, PRACTICE_IN_PICTURE } from '../../shared/domain/practice.ts';
import { fill, visible } from '../../shared/evidence/reportWords.ts';
import { words } from '../../shared/i18n/index.ts';
import { bytesOf, clockOf, drawQr, momentOf, newDocument, Pen, type Style, styles } from '../papers/index.ts';
import type { LabelData } from './data.ts';

/** A6 in points; two of them side by side are the upper half of an A4 sheet. */
const A6 = { width: 297.64, height: 419.53 } as const;
const EDGE = 22;
const WIDTH = A6.width - 2 * EDGE;
const QR = 176;
const number: Style = { ...styles.title, size: 18 };
const small: Style = { ...styles.label, size: 8.6 };
const value: Style = { ...styles.strong, size: 9.4 };

/** What the code of a label holds: the exhibit, the log's head as a certificate's code has it, and the record's digest. */
export const codeText = ({ record, recordSha256, head }: Pick<LabelData, 'record' | 'recordSha256' | 'head'>): string =>
  `${record.exhibit}\n${head.size} ${head.root}\n${recordSha256}`;

/** Draws a label as a PDF: one A6 sheet, or the same twice on an A4 sheet with a line to cut along. No name is on it. */
export async function drawLabel(data: LabelData): Promise<Buffer> {
  const { label: text, simulated } = words[data.language].protocol;
  const title = fill(text.file, { exhibit: data.record.exhibit });
  const doc = newDocument({
    ...{ language: data.language, title, at: data.at, producer: data.software },
    size: data.sheet === 'a6' ? 'A6' : 'A4',
  });
  const bytes = bytesOf(doc);
  const pen = new Pen(doc);
  doc.addPage();
  const root = doc.struct('Document');
  doc.addStructure(root);
  for (const left of data.sheet === 'a6' ? [0] : [0, A6.width]) {
    root.add(doc.struct('Figure', { alt: `${title}. ${text.scan}` }, () => drawOne(pen, data, left, simulated)));
  }
  if (data.sheet === 'two') cuts(doc);
  root.end();
  doc.end();
  return await bytes;
}

function drawOne(pen: Pen, data: LabelData, left: number, simulated: string): void {
  const { record, recordSha256, head, language, timeZone } = data;
  const text = words[language].protocol.label;
  const x = left + EDGE;
  let y: number = EDGE;
  const line = (said: string, style: Style, after: number) => {
    pen.write(said, style, x, y, WIDTH);
    y += pen.height(said, style, WIDTH) + after;
  };
  if (isPracticeExhibit(record.exhibit)) line(PRACTICE_IN_PICTURE, value, 3);
  line(text.title, small, 1);
  line(record.exhibit, number, 4);
  line(visible(record.case.court), small, 6);
  drawQr(pen.doc, codeText(data), x + (WIDTH - QR) / 2, y, QR);
  y += QR + 4;
  const at = (instant: string) => {
    const { local, offset } = momentOf(instant, language, timeZone);
    return `${local} (UTC${offset})`;
  };
  const { interview } = record;
  const rows: [string, string][] = [
    [text.station, interview.station],
    [text.recorded, at(interview.started_at)],
    [text.length, clockOf(Date.parse(interview.ended_at) - Date.parse(interview.started_at))],
    [text.child, record.child.code],
    [text.digest, `${recordSha256.slice(0, 8)} ${recordSha256.slice(8, 16)} … ${recordSha256.slice(-8)}`],
  ];
  for (const [label, said] of rows) {
    pen.write(label, small, x, y, 82);
    pen.write(said, value, x + 86, y, WIDTH - 86);
    y += Math.max(pen.height(label, small, 82), pen.height(said, value, WIDTH - 86)) + 3;
  }
  line(fill(text.head, { size: head.size }), small, 3);
  if (record.tracks.some(({ source }) => source.simulated)) line(simulated, value, 0);
}

/** Where to cut: right and below the two labels. */
function cuts(doc: PDFKit.PDFDocument): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc.dash(3, { space: 3 }).lineWidth(0.4).strokeColor('#8c8c8c');
  doc.moveTo(A6.width, 0).lineTo(A6.width, A6.height).stroke();
  doc
    .moveTo(0, A6.height)
    .lineTo(2 * A6.width, A6.height)
    .stroke();
  doc.undash();
  doc.endMarkedContent();
}
