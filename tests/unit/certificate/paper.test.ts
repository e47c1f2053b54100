import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperOf } from '../../../src/main/archive/certificate/content/paper.ts';
import type { PaperData } from '../../../src/main/archive/certificate/data.ts';
import type { Block, Paper } from '../../../src/main/papers/blocks.ts';
import { drawPaper } from '../../../src/main/papers/drawPaper.ts';
import { words } from '../../../src/shared/i18n/index.ts';
import { hasCommand } from '../../support/openssl.ts';
import { digestOf, samplePaper } from '../../support/samplePaper.ts';

const languages = ['kk', 'ru', 'en'] as const;
const poppler = ['pdftotext', 'pdffonts', 'pdfinfo'].every((tool) => hasCommand(tool, '-v'));

let folder: string;
const pdfs = new Map<string, Buffer>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-paper-'));
  for (const language of languages) {
    const pdf = await drawPaper(paperOf(samplePaper(language)));
    pdfs.set(language, pdf);
    await writeFile(join(folder, `${language}.pdf`), pdf);
  }
}, 120_000);
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** What a reader of the file finds in it as text; lines and columns joined by single spaces. */
function textOf(language: string): string {
  const { stdout, status } = spawnSync('pdftotext', ['-enc', 'UTF-8', join(folder, `${language}.pdf`), '-'], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout.replaceAll(/\s+/g, ' ');
}

const groups = (digest: string): string[] =>
  digest.match(/.{32}/g)?.map((half) => half.replaceAll(/.{4}(?=.)/g, '$& ')) ?? [];

/** Everything that the blocks say, digests as they are. */
function said({ blocks }: Paper): string {
  const value = (one: Extract<Block, { kind: 'facts' }>['rows'][number]['values'][number]): string => {
    if ('digests' in one) return one.digests.map(({ name, digest }) => `${name} ${digest}`).join('\n');
    if ('digest' in one) return one.digest;
    return 'mono' in one ? one.mono : one.text;
  };
  return blocks
    .flatMap((block): string[] => {
      switch (block.kind) {
        case 'title':
          return [block.above, block.title, ...block.below];
        case 'facts':
          return block.rows.flatMap(({ label, values }) => [label, ...values.map(value)]);
        case 'checks':
          return block.rows.flatMap(({ title, status, reasons }) => [title, status, ...reasons]);
        case 'list':
          return [...block.items];
        case 'code':
          return [...block.lines];
        case 'qr':
          return [block.text, block.caption, ...block.beside];
        case 'hand':
          return [...block.labels];
        case 'lines':
          return [];
        default:
          return [block.text];
      }
    })
    .join('\n');
}

const saidOf = (data: PaperData): string => said(paperOf(data));

describe.each(languages)('the certificate in %s', (language) => {
  const data = samplePaper(language);
  const all = saidOf(data);
  const text = words[language].certificate;

  it('names every digest, signer, key and head that its data have', () => {
    const { record, stored, signatures, maker, roots, log } = data;
    const due = [
      data.recordSha256,
      ...record.tracks.flatMap(({ parts }) => parts.map(({ sha256 }) => sha256)),
      ...Object.values(stored),
      ...signatures.map(({ certificate }) => certificate?.sha256 ?? ''),
      ...signatures.map(({ certificate }) => certificate?.subject ?? ''),
      ...[maker.name, maker.certificate.sha256, maker.certificate.serial, ...roots],
      ...[log.origin, log.vkey, log.head.root, log.seal?.root ?? ''],
      `${record.exhibit}\n${log.head.size} ${log.head.root}`,
      'Прокуратура города',
      'National Time-Stamping Authority',
      record.case.number,
      record.child.code,
    ];
    expect(due.filter((one) => one === '' || !all.includes(one))).toEqual([]);
  });

  it('says what is simulated before everything else, and leaves out what people typed into the record', () => {
    const { blocks } = paperOf(data);
    expect(blocks[1]).toEqual({ kind: 'notice', text: text.paper.simulated });
    expect(all).not.toContain('Құралайбекұзақова');
    expect(all).not.toContain('{{');
  });

  it('gives the commands of the bag’s READ-ME, at the second of the seal', () => {
    expect(all).toContain('sha256sum -c manifest-sha256.txt');
    expect(all).toMatch(/openssl cms -verify .* -attime 1795240755 .*record\.json\.station\.p7s/);
    expect(all).toMatch(/openssl cms -verify .*record\.json\.investigator-2\.p7s/);
    expect(all).toContain('openssl ts -verify -data signatures/record.json.station.p7s ');
    expect(all).not.toContain('openssl ts -verify -data signatures/record.json.investigator-2.p7s');
    expect(all).toContain('birret verify almaty1-2026-000017 --trust ROOT.pem');
  });

  it('holds itself back where something required was not checked', () => {
    const lacking = saidOf(
      samplePaper(language, {
        checks: [['signature.record.json.station.p7s.trusted', 'not-checked', 'no-trust-given']],
      }),
    );
    expect(all).not.toContain(text.paper.incomplete);
    expect(lacking).toContain(text.paper.incomplete);
    expect(lacking).toContain(text.checks.reasons['no-trust-given']);
    expect(lacking).toContain(`(${text.checks.required})`);
    expect(lacking).not.toContain(text.paper.holds.split('{{at}}')[1]);
    expect(lacking).not.toContain(text.statement.done.split('{{')[1]?.split('}}')[1]);
  });

  it('speaks of time as far as it is vouched for from outside', () => {
    const bounded = text.proves.bounded.split('{{')[0] ?? '';
    expect(all).toContain(bounded);
    const alone = data.signatures.map((one) => ({ ...one, stamp: null }));
    const unbounded = saidOf({ ...data, signatures: alone });
    expect(unbounded).not.toContain(bounded);
    expect(unbounded).toContain(text.proves.unbounded);
    // A token whose authority this station does not trust bounds nothing.
    const foreign = data.signatures.map((one) =>
      one.stamp === null ? one : { ...one, stamp: { ...one.stamp, status: 'not-checked' as const } },
    );
    expect(saidOf({ ...data, signatures: foreign })).toContain(text.proves.unbounded);
  });

  it('says that nobody has witnessed the log, and that a signature is missing', () => {
    expect(all).not.toContain(text.custody.noWitness);
    expect(saidOf({ ...data, witnesses: [] })).toContain(text.custody.noWitness);
    const [first, ...rest] = data.signatures;
    if (first === undefined) throw new Error('nobody signed');
    const dropped = { ...data, signatures: [{ ...first, certificate: null }, ...rest] };
    expect(saidOf(dropped)).toContain(text.signatures.missing);
  });

  it('puts a track that differs on a line of its own', () => {
    const one = text.checks.family['track-segments'];
    expect(all).toContain(`${one} `);
    const checks = [['track.face.segments.2', 'not-checked', 'target-absent', true]] as const;
    const differs = saidOf(samplePaper(language, { checks: checks.map((check) => [...check]) }));
    expect(differs).not.toContain(one);
    expect(differs.match(/face \(2\)/g)?.length).toBe(1);
    expect(differs).toContain(words[language].verify.reason['target-absent']);
  });
});

describe('the file', () => {
  it('is the same bytes for the same data, and other bytes for other data', async () => {
    const again = await drawPaper(paperOf(samplePaper('kk')));
    expect(again.equals(pdfs.get('kk') ?? Buffer.alloc(0))).toBe(true);
    const later = await drawPaper(paperOf(samplePaper('kk', { at: '2026-11-24T04:31:10.000Z' })));
    expect(later.equals(again)).toBe(false);
  });

  it('leads nowhere out of itself', () => {
    for (const pdf of pdfs.values())
      expect(pdf.toString('latin1')).not.toMatch(/\/(URI|Launch|GoToR|JavaScript|EmbeddedFile)\b/);
  });

  it.skipIf(!poppler)('is read by others as text, page by page, in three languages (skipped without poppler)', () => {
    for (const language of languages) {
      const data = samplePaper(language);
      const text = textOf(language);
      const titles = words[language].certificate;
      for (const title of [titles.paper.title, titles.custody.title, titles.statement.title, titles.repeat.title])
        expect(text).toContain(title);
      const digests = [data.recordSha256, digestOf('plain face'), digestOf('stored mic2'), digestOf('root')];
      for (const half of digests.flatMap(groups)) expect(text, half).toContain(half);
      expect(text).toContain('Сәуле Қайратқызы Әбдірахманова');
      // Each page has its number and the digest that ties it to the record.
      const feet = text.split(`${titles.paper.digest}: ${data.recordSha256}`).length - 1;
      expect(feet).toBeGreaterThanOrEqual(3);
      expect(feet).toBeLessThanOrEqual(4);
      const page = titles.paper.page.replace('{{page}}', String(feet)).replace('{{pages}}', String(feet));
      expect(text).toContain(page);
    }
    expect([...'ӘәҒғҚқҢңӨөҰұҮүІі'].filter((letter) => !textOf('kk').includes(letter))).toEqual([]);
  });

  it.skipIf(!poppler)('carries its fonts, its language, its title and its structure (skipped without poppler)', () => {
    const path = join(folder, 'ru.pdf');
    const fonts = spawnSync('pdffonts', [path], { encoding: 'utf8' }).stdout.split('\n').slice(2).filter(Boolean);
    expect(fonts.length).toBe(3);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+DejaVu.* yes yes yes /);
    const info = spawnSync('pdfinfo', [path], { encoding: 'utf8' }).stdout;
    expect(info).toMatch(/Title: +Свидетельство о подлинности, доказательство almaty1-2026-000017/);
    expect(info).toMatch(/Tagged: +yes/);
    expect(info).toMatch(/Page size: +595\.28 x 841\.89 pts \(A4\)/);
    expect(pdfs.get('ru')?.toString('latin1')).toContain('/Lang (ru)');
  });
});
