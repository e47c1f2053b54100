import type { Block, Paper, Value } from '../papers/index.ts';

const RULE = '_'.repeat(60);

/** The lines of one block, as they stand in a plain text. */
export function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'title':
      return [block.above, block.title.toUpperCase(), ...block.below];
    case 'heading':
      return ['', block.text.toUpperCase(), ''];
    case 'notice':
    case 'lead':
    case 'text':
    case 'prose':
      return block.text.split('\n');
    case 'lines':
      return Array.from({ length: block.count }, () => RULE);
    case 'list':
      return block.items.map((item) => `– ${item}`);
    case 'facts':
      return block.rows.map(({ label, values }) => `${label}: ${values.map(valueWords).join('; ')}`);
    case 'code':
      return [...block.lines];
    case 'checks':
      return block.rows.map(({ mark, title, status }) => `${mark} ${title}: ${status}`);
    case 'qr':
      return block.text.split('\n');
    case 'hand':
      return block.labels.filter((label) => label !== '').map((label) => `${RULE}  ${label}`);
  }
}

function valueWords(value: Value): string {
  if ('digest' in value) return value.digest;
  if ('digests' in value) return value.digests.map(({ name, digest }) => `${name} ${digest}`).join('; ');
  return 'mono' in value ? value.mono : value.text;
}

/** A paper as plain text (UTF-8, with its byte order mark: some editors take it for another encoding without). */
export function plainText(paper: Paper): string {
  const lines = paper.blocks.flatMap(linesOf);
  return `\uFEFF${[...lines, '', paper.foot.below].join('\r\n')}\r\n`;
}

/** A paper as one HTML page, which word processors open and edit; nothing in it leads out of it. */
export function htmlText(paper: Paper): string {
  const body = paper.blocks.map(htmlOf).join('\n');
  const style =
    'body{font:12pt/1.5 "DejaVu Serif","Times New Roman",serif;max-width:42em;margin:2em auto;padding:0 1em}th{text-align:left;font-weight:normal;vertical-align:top;padding-right:1.5em}p.blank{border-bottom:1px solid #888;height:1.6em;margin:0}.note{border:1px solid;padding:.5em}';
  return `<!doctype html>\n<html lang="${paper.language}">\n<head><meta charset="utf-8"><title>${escaped(paper.title)}</title><style>${style}</style></head>\n<body>\n${body}\n<hr>\n<p>${escaped(paper.foot.below)}</p>\n</body>\n</html>\n`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const paragraph = (text: string): string => `<p>${escaped(text).replaceAll('\n', '<br>')}</p>`;

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return [paragraph(block.above), `<h1>${escaped(block.title)}</h1>`, ...block.below.map(paragraph)].join('\n');
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'notice':
      return `<p class="note">${escaped(block.text)}</p>`;
    case 'lines':
      return '<p class="blank">&nbsp;</p>\n'.repeat(block.count).trim();
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<table>${block.rows
        .map(({ label, values }) => {
          const said = values.map((value) => escaped(valueWords(value))).join('<br>');
          return `<tr><th scope="row">${escaped(label)}</th><td>${said}</td></tr>`;
        })
        .join('')}</table>`;
    case 'lead':
    case 'text':
    case 'prose':
      return paragraph(block.text);
    case 'code':
    case 'checks':
    case 'qr':
    case 'hand':
      return linesOf(block).map(paragraph).join('\n');
  }
}
