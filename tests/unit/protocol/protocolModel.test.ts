import { describe, expect, it } from 'vitest';
import { htmlText, linesOf, plainText } from '../../../src/main/protocol/plainText.ts';
import { protocolPaper, sectionsOf } from '../../../src/main/protocol/protocolModel.ts';
import { words } from '../../../src/shared/i18n/index.ts';
import { sampleProtocol } from '../../support/sampleProtocol.ts';

const languages = ['kk', 'ru', 'en'] as const;
const section = (language: (typeof languages)[number], id: string, draft = {}) =>
  sectionsOf(sampleProtocol(language, { draft }))
    .find((one) => one.id === id)
    ?.blocks.flatMap(linesOf) ?? [];

describe.each(languages)('a protocol in %s', (language) => {
  it('names everyone, and shows where a name is not known', () => {
    const said = section(language, 'persons').join('\n');
    expect(said).toContain('Ғайшағұл Сүгірбайқызы');
    expect(said).toContain('child-004');
    expect(said).toContain(words[language].protocol.persons.unnamed);
    expect(said).toContain('00:01:00 – 00:30:00');
    expect(said).toContain(words[language].protocol.persons.throughout);
  });

  it('has each chapter with its moment and a place to write', () => {
    const said = section(language, 'account').join('\n');
    expect(said).toContain(`[00:02:10] ${words[language].player.phase.narrative}`);
    expect(said).toContain('[00:21:40] Танымайтын кезең');
    expect(said).toContain('____');
  });

  it('says of each question what became of it, and why', () => {
    const said = section(language, 'questions');
    expect(said).toHaveLength(3);
    expect(said[0]).toContain('[00:11:40]');
    expect(said[1]).toContain(words[language].protocol.questions.reasons.leading);
    expect(said[1]).not.toContain('leading:');
    expect(said[2]).toContain('<b>Қашан?</b>');
  });

  it('pairs the breaks, also one that never ended', () => {
    const said = section(language, 'breaks');
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/00:15:00 – 00:20:00.*Су ішу/);
    expect(said[1]).toMatch(/00:33:20 – .*Шаршады/);
  });

  it('says why a limit was exceeded, when, and who said so', () => {
    const data = sampleProtocol(language);
    const over = {
      ...({ at_ms: 2_700_000, type: 'note', label: 'Бала өзі жалғастырғысы келді' } as const),
      ...{
        overrun: ['kz-time'],
        limits: ['stretch'],
        by: data.record.signers.find(({ role }) => role === 'officer')?.code,
      },
    };
    const record = { ...data.record, timeline: [...data.record.timeline, over] };
    const said = sectionsOf({ ...data, record })
      .find(({ id }) => id === 'breaks')
      ?.blocks.flatMap(linesOf);
    expect(said).toHaveLength(3);
    expect(said?.[2]).toMatch(/00:45:00.*Бала өзі жалғастырғысы келді.*Данияр Нұрланұлы Өтегенов/);
  });

  it('says in its own language what the station itself kept, and people’s titles as they wrote them', () => {
    const [drawing, still, checklist] = section(language, 'attachments');
    expect(drawing).toContain('Баланың салған суреті (attachments/drawing.png)');
    expect(still).toContain(words[language].common.source.face);
    expect(still).not.toMatch(/still-face[^.]/);
    expect(checklist).toContain(`${words[language].common.ownFile.preparation} (attachments/preparation.json)`);
  });

  it('keeps remarks, none, and not asked apart', () => {
    const text = words[language].protocol.remarks;
    const said = section(language, 'remarks', {
      remarks: [
        { code: 'officer', said: 'none', text: '' },
        { code: 'p-teacher', said: 'text', text: 'Бала шаршаған.\n\nҮзіліс қажет болды.' },
        { code: 'child', said: 'open', text: 'kept but not said' },
      ],
    });
    expect(said[0]).toContain(text.none);
    expect(said.slice(2, 5)).toEqual(['Бала шаршаған.', '', 'Үзіліс қажет болды.']);
    expect(said.join('\n')).not.toContain('kept but not said');
  });

  it('says who stated that it is complete, and when', () => {
    expect(section(language, 'complete')[0]).toBe(words[language].protocol.complete.open);
    const said = section(language, 'complete', { complete: { by: 'officer', at: '2026-11-21T06:00:00.000Z' } })[0];
    expect(said).toContain('Данияр Нұрланұлы Өтегенов');
    expect(said).toContain('11:00:00');
  });

  it('names its exhibit, digest and head at its foot, and leaves no hole in its words', () => {
    const data = sampleProtocol(language, { head: { size: 1243, root: 'cm9vdA==' } });
    const text = plainText(protocolPaper(data));
    expect(text).toContain(data.record.exhibit);
    expect(text).toContain(data.recordSha256);
    expect(text).toContain('1243');
    expect(text).not.toMatch(/\{\{|undefined|\[object/);
  });
});

describe('as text for an editor', () => {
  const draft = { account: [{ atMs: 0, phase: '', text: 'Мен <script>alert(1)</script> & көрдім\u202e [00:00:05]' }] };
  it('is HTML in which nothing typed is markup, and nothing leads out', () => {
    const html = htmlText(protocolPaper(sampleProtocol('kk', { draft })));
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; көрдім? [00:00:05]');
    expect(html).not.toMatch(/<script|src=|href=|\u202e/);
    expect(html).toContain('<html lang="kk">');
  });
  it('is plain text with its byte order mark and the line ends of Windows', () => {
    const text = plainText(protocolPaper(sampleProtocol('kk', { draft })));
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain('Мен <script>alert(1)</script> & көрдім? [00:00:05]');
  });
});

it('is marked as practice above every page where it is of a practice recording, and only there', () => {
  const sample = sampleProtocol('kk', {});
  expect(protocolPaper(sample).mark).toBeUndefined();
  const practice = { ...sample, record: { ...sample.record, exhibit: 'practice-2026-000001' } };
  expect(protocolPaper(practice).mark).toBe('ЖАТТЫҒУ · УЧЕБНАЯ ЗАПИСЬ · PRACTICE');
});
