import { fill, reasonOf, signersOf, titleOf, type VerifyWords, visible } from '../../shared/evidence/reportWords.ts';
import type { BagCheck, VerificationResult } from '../../shared/evidence/verification.ts';
import { type LanguageId, words } from '../../shared/i18n/index.ts';

/**
 * The result for a terminal or a page of text, in the reader's language: first what it means, then what to bear in mind,
 * then each check with its public name. Ends with a newline. Words of the bag itself are shown as printable text only.
 */
export function formatReport(result: VerificationResult, language: LanguageId): string {
  const text: VerifyWords = words[language].verify;
  const { summary } = result;
  const lines = [text.outcome[result.outcome], '', ...facts(result, text), ''];
  if (summary.remarks.length > 0) {
    lines.push(`${text.heading.remarks}:`, ...summary.remarks.map((remark) => `  - ${text.remark[remark]}`), '');
  }
  lines.push(`${text.heading.checks}:`);
  for (const check of result.checks) lines.push(...checkLines(check, text));
  lines.push('', fill(text.heading.counts, { ...countsOf(result) }));
  return `${lines.join('\n')}\n`;
}

function facts({ summary }: VerificationResult, text: VerifyWords): string[] {
  const { heading } = text;
  const unknown = heading.unknown;
  const recorded =
    summary.recorded_from === null ? unknown : `${summary.recorded_from} – ${summary.recorded_until ?? ''}`;
  const rows: [string, string][] = [
    [heading.exhibit, summary.exhibit ?? unknown],
    [heading.case, summary.case_number ?? unknown],
    [heading.court, summary.court ?? unknown],
    [heading.recorded, recorded],
    [heading.sealed, summary.sealed_at ?? unknown],
    [heading.signed, signersOf(summary, text) ?? unknown],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${visible(value)}`);
}

function checkLines(check: BagCheck, text: VerifyWords): string[] {
  const reasons = check.status === 'pass' ? [] : [check.reason, ...check.details];
  return [
    `  [${text.status[check.status]}] ${titleOf(check.name, text)} (${visible(check.name)})`,
    ...reasons.map((reason) => `      ${reasonOf(reason, text)}`),
  ];
}

function countsOf({ summary }: VerificationResult): Record<string, number> {
  return { passed: summary.passed, failed: summary.failed, not_checked: summary.not_checked };
}
