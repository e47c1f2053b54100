import { checkFamily } from '../../shared/evidence/checkNames.ts';
import type { BagCheck, CheckReason, VerificationResult } from '../../shared/evidence/verification.ts';
import { type LanguageId, words } from '../../shared/i18n/index.ts';

type VerifyWords = (typeof words)['en']['verify'];

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
  const signed = summary.signers.map(({ role, code, subject }) => {
    const words = role === 'station' ? heading.station : heading.officer;
    return `${subject ?? code} (${words})`;
  });
  const rows: [string, string][] = [
    [heading.exhibit, summary.exhibit ?? unknown],
    [heading.case, summary.case_number ?? unknown],
    [heading.court, summary.court ?? unknown],
    [heading.recorded, recorded],
    [heading.sealed, summary.sealed_at ?? unknown],
    [heading.signed, signed.length > 0 ? signed.join(', ') : unknown],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${visible(value)}`);
}

function checkLines(check: BagCheck, text: VerifyWords): string[] {
  const reasons = check.status === 'pass' ? [] : [check.reason, ...check.details];
  return [
    `  [${text.status[check.status]}] ${title(check.name, text)} (${visible(check.name)})`,
    ...reasons.map((reason) => `      ${sentence(reason, text)}`),
  ];
}

function title(name: string, text: VerifyWords): string {
  const { family, item } = checkFamily(name);
  return fill(text.check[family], { item });
}

function sentence(reason: CheckReason, text: VerifyWords): string {
  return fill(text.reason[reason.code], reason.params);
}

function countsOf({ summary }: VerificationResult): Record<string, number> {
  return { passed: summary.passed, failed: summary.failed, not_checked: summary.not_checked };
}

function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => visible(String(params[name] ?? ''))).trim();
}

/** A bag's words must not move the cursor, ring the bell or turn the reading direction. */
function visible(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
