import { createHash } from 'node:crypto';
import { isPracticeExhibit } from '../../../../shared/domain/practice.ts';
import type { EvidenceRecord } from '../../../../shared/evidence/record.ts';
import type { CertificateView } from '../../../sealing/index.ts';
import { en } from './en.ts';
import { kk } from './kk.ts';
import { ru } from './ru.ts';
import type { ReadMeWords } from './words.ts';

interface PageInput {
  readonly record: EvidenceRecord;
  readonly recordBytes: Uint8Array;
  readonly roots: readonly CertificateView[];
}

const STYLE = `
body{font:16px/1.55 system-ui,"Noto Sans","Segoe UI",sans-serif;color:#1f2a30;background:#f6f4ef;margin:0}
main{max-width:52rem;margin:0 auto;padding:2rem 1.5rem 4rem}
nav a{margin-right:1.2rem;color:#1d5c63}
section{background:#fff;border:1px solid #ddd8cc;border-radius:10px;padding:1.2rem 1.8rem;margin:1.5rem 0}
h1{font-size:1.5rem;margin:.4rem 0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
dl{display:grid;grid-template-columns:11rem 1fr;gap:.35rem 1.2rem;margin:1rem 0}
dt{color:#5b6a70}dd code{font-size:12px}dd{margin:0;overflow-wrap:anywhere}
code,pre{font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Consolas,monospace}
pre{background:#f1eee6;border-radius:6px;padding:.7rem .9rem;white-space:pre-wrap;overflow-wrap:anywhere}
.note{background:#fdf3dc;border-left:4px solid #c98a1b;padding:.5rem .9rem;border-radius:4px}
@media print{body{background:#fff}section{break-inside:avoid;border:0;padding:0}}
`.trim();

/**
 * READ-ME.html of a bag: what it is and how to check it with public tools, in Kazakh, Russian and English. One file
 * without scripts or outside references, the same bytes for the same bag. It names no person but by code.
 */
export function readMePage(input: PageInput): string {
  const languages = [kk, ru, en];
  const links = languages.map((words) => `<a href="#${words.lang}">${words.name}</a>`).join('');
  return `<!doctype html>
<html lang="kk">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(input.record.exhibit)} · Bir Ret</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<nav>${links}</nav>
${languages.map((words) => section(words, input)).join('\n')}
</main>
</body>
</html>
`;
}

function section(words: ReadMeWords, input: PageInput): string {
  const { record } = input;
  const notes = [
    ...(isPracticeExhibit(record.exhibit) ? [words.practice] : []),
    ...(record.tracks.some((track) => track.source.simulated) ? [words.simulated] : []),
    ...(record.recovered === null ? [] : [words.recovered]),
  ];
  return `<section id="${words.lang}" lang="${words.lang}">
<h1>${text(`${words.title} ${record.exhibit}`)}</h1>
${notes.map((note) => `<p class="note">${text(note)}</p>\n`).join('')}${paragraphs(words.what)}
${facts(words, input)}
<h2>${text(words.watchTitle)}</h2>
${paragraphs([words.watch])}
<h2>${text(words.checkTitle)}</h2>
${paragraphs([words.checkFiles])}
<pre>sha256sum -c manifest-sha256.txt
sha256sum -c tagmanifest-sha256.txt</pre>
${paragraphs([words.checkSignature])}
<pre>${text(record.signers.map(({ file }) => opensslLine(file, sealedSecond(record))).join('\n'))}</pre>
${paragraphs([words.checkRoot])}
<pre>openssl x509 -in ROOT.pem -outform DER | sha256sum</pre>
${paragraphs([words.checkAll])}
<pre>birret verify ${text(record.exhibit)} --trust ROOT.pem</pre>
<h2>${text(words.proofTitle)}</h2>
${paragraphs(words.proof)}
</section>`;
}

/** The command of EVIDENCE-FORMAT §3; certificates run out sooner than evidence, hence the moment to judge them at. */
export function opensslLine(file: string, at: number): string {
  const options = `-binary -cades -purpose any -no-CApath -no-CAstore -CAfile ROOT.pem -attime ${at}`;
  return `openssl cms -verify ${options} -inform DER -in ${file} -content record.json -out /dev/null`;
}

/** The moment of the seal as `-attime` takes it: whole seconds, rounded up. */
export function sealedSecond(record: EvidenceRecord): number {
  return Math.ceil(Date.parse(record.interview.sealed_at) / 1000);
}

function facts(words: ReadMeWords, { record, recordBytes, roots }: PageInput): string {
  const { facts: names } = words;
  const { started_at, ended_at, sealed_at } = record.interview;
  const signers = record.signers.map((one) => `${words.roles[one.role]} ${one.code}: ${one.cert_sha256}`);
  const parts = record.tracks.flatMap((track) =>
    track.parts.map(({ file, duration_ms }) => `${file} — ${track.source.label}, ${length(words, duration_ms)}`),
  );
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [names.exhibit, [record.exhibit]],
    [names.caseNumber, [record.case.number]],
    [names.court, [record.case.court]],
    [names.recorded, [`${moment(started_at)} – ${moment(ended_at)}`]],
    [names.sealed, [moment(sealed_at)]],
    [names.tracks, parts],
    [names.signers, signers],
    [names.record, [createHash('sha256').update(recordBytes).digest('hex')]],
    [names.log, [record.log.vkey]],
    [names.roots, roots.map((root) => root.sha256)],
  ];
  const lines = rows
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `<dt>${text(name)}</dt><dd>${values.map(value).join('<br>')}</dd>`);
  return `<dl>\n${lines.join('\n')}\n</dl>`;
}

/** Digests stand in the narrow type, so that two of them can be held against each other. */
function value(one: string): string {
  return text(one).replace(/[0-9a-f]{64}/g, '<code>$&</code>');
}

function length(words: ReadMeWords, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return words.minutes(Math.floor(seconds / 60), seconds % 60);
}

/** `2026-11-21 10:14:00`: the same for readers of all three languages. */
function moment(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ');
}

function paragraphs(list: readonly string[]): string {
  return list.map((one) => `<p>${text(one)}</p>`).join('\n');
}

/** Labels and case numbers are typed by people: nothing of them becomes markup. */
function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
