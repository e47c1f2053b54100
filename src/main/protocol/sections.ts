import { ownFile } from '../../shared/domain/ownFiles.ts';
import type { Question } from '../../shared/domain/questions.ts';
import { timeMark } from '../../shared/domain/transcript.ts';
import { fill, visible } from '../../shared/evidence/reportWords.ts';
import type { Block } from '../papers/index.ts';
import type { ProtocolData } from './data.ts';
import { chapterTitle, type Saying } from './saying.ts';

const text = (said: string): Block => ({ kind: 'text', text: said });
/** A person's words: what cannot be printed is shown, their line ends stay. */
const prose = (said: string): Block => ({
  kind: 'prose',
  text: said
    .trim()
    .split(/\r\n|\r|\n/)
    .map(visible)
    .join('\n'),
});
const typed = (said: string): boolean => said.trim() !== '';

export function rights({ rights: read, draft }: ProtocolData, { text: { rights: said } }: Saying): Block[] {
  const items = read.flatMap(({ words, by, skipped }) => {
    if (skipped !== null) return [`${words} — ${fill(said.skipped, { reason: skipped })}`];
    return [[fill(said.read, { words }), ...(by === null ? [] : [fill(said.by, { by })])].join(' ')];
  });
  const own = typed(draft.rights) ? [prose(draft.rights)] : [];
  if (items.length > 0) return [{ kind: 'list', items }, ...own];
  return own.length > 0 ? own : [text(said.none), { kind: 'lines', count: 3 }];
}

export function account({ draft }: ProtocolData, { text: { account: said }, phase }: Saying): Block[] {
  const chapters = draft.account.flatMap(({ atMs, phase: label, text: words }): Block[] => {
    const title = label === '' ? `[${timeMark(atMs)}]` : chapterTitle(atMs, phase(label));
    return [{ kind: 'text', text: title, withNext: true }, typed(words) ? prose(words) : { kind: 'lines', count: 4 }];
  });
  return [text(said.hint), ...chapters];
}

export function questions({ questions: all }: ProtocolData, { text: { questions: said }, who }: Saying): Block[] {
  if (all.length === 0) return [text(said.none)];
  return [{ kind: 'list', items: all.map((one) => questionWords(one, said, who(one.by))) }];
}

function questionWords(question: Question, said: Saying['text']['questions'], by: string): string {
  const { state, wording, text: words } = question;
  const asked = question.changes.findLast((change) => change.state === 'asked')?.atMs ?? null;
  const reasons: Readonly<Record<string, string>> = said.reasons;
  const reason = question.reason === null ? said.noReason : (reasons[question.reason] ?? question.reason);
  const at = asked === null ? '' : `[${timeMark(asked)}]`;
  const params = { text: words, by, wording: wording ?? '', reason, at };
  switch (state) {
    case 'asked':
      return fill(wording === null ? said.asked : said.reworded, params);
    case 'declined':
      return fill(said.declined, params);
    case 'withdrawn':
      return fill(said.withdrawn, params);
    case 'not-asked':
      return fill(said.notAsked, params);
    case 'reworded':
      return fill(said.rewordedOnly, params);
    case 'sent':
    case 'accepted':
      return fill(said.open, params);
  }
}

/** Breaks as the timeline has them, each beginning with the end that follows it, and every limit that was exceeded, with why. */
export function breaks({ record }: ProtocolData, { text: { breaks: said }, who }: Saying): Block[] {
  const entries = record.timeline.filter(({ type }) => type === 'break');
  const officer = record.signers.find(({ role }) => role === 'officer')?.code;
  const paused = entries.flatMap((entry, index) => {
    if (entry['begins'] === false) return [];
    const end = entries.slice(index + 1).find((next) => next['begins'] === false);
    const params = { from: timeMark(entry.at_ms), reason: entry.label };
    return [end === undefined ? fill(said.open, params) : fill(said.says, { ...params, to: timeMark(end.at_ms) })];
  });
  const over = record.timeline.flatMap(({ at_ms, label: reason, overrun, by }) => {
    if (overrun === undefined) return [];
    const code = by === officer ? 'officer' : String(by);
    return [fill(said.over, { at: timeMark(at_ms), reason, by: who(code) })];
  });
  return [paused.length === 0 ? text(said.none) : { kind: 'list', items: paused }, ...listOf(over)];
}

const listOf = (items: readonly string[]): Block[] => (items.length === 0 ? [] : [{ kind: 'list', items }]);

export function attachments({ record, draft }: ProtocolData, { text: { attachments: said }, common }: Saying): Block[] {
  const places: Readonly<Record<string, string>> = common.source;
  const items = record.attachments.map((one) => {
    const own = ownFile(one);
    const title =
      own === null
        ? one.title
        : fill(common.ownFile[own.kind], own.kind === 'still' ? { source: places[own.source] ?? own.source } : {});
    return fill(said.says, { title, file: one.file, digest: one.sha256.slice(0, 16) });
  });
  const listed: Block = items.length === 0 ? text(said.none) : { kind: 'list', items };
  return typed(draft.objects)
    ? [listed, { kind: 'text', text: said.objects, withNext: true }, prose(draft.objects)]
    : [listed];
}

/** Everyone's remarks (Art. 215: they go into the protocol); an empty line where somebody was not asked yet. */
export function remarks({ draft }: ProtocolData, { text: { remarks: said }, who }: Saying): Block[] {
  return draft.remarks.flatMap(({ code, said: state, text: words }): Block[] => {
    const by = who(code);
    if (state === 'none') return [text(`${by}: ${said.none}.`)];
    if (state === 'text' && typed(words)) return [{ kind: 'text', text: `${by}:`, withNext: true }, prose(words)];
    return [
      { kind: 'text', text: `${by}:`, withNext: true },
      { kind: 'lines', count: 1 },
    ];
  });
}

export function complete({ draft }: ProtocolData, { text: { complete: said }, who, at }: Saying): Block[] {
  if (draft.complete === null) return [text(said.open), { kind: 'lines', count: 1 }];
  const moment = draft.complete.at;
  return [text(fill(said.says, { by: who(draft.complete.by), at: moment === null ? '' : at(moment) }))];
}

/** A line to sign on for everyone, two side by side. */
export function signatures({ people }: ProtocolData, { who }: Saying): Block[] {
  const labels = people.map(({ code }) => who(code));
  const rows: Block[] = [];
  for (let at = 0; at < labels.length; at += 2) {
    const pair = labels.slice(at, at + 2);
    rows.push({ kind: 'hand', labels: pair.length === 2 ? pair : [...pair, ''] });
  }
  return rows;
}
