import type { Words } from '../i18n/index.ts';
import { checkFamily } from './checkNames.ts';
import type { CheckReason, VerificationResult } from './verification.ts';

/** The words of a verification in one language: for a terminal, a page of text and the screens alike. */
export type VerifyWords = Words['verify'];

/** What a check is, by its public name. */
export function titleOf(name: string, text: VerifyWords): string {
  const { family, item } = checkFamily(name);
  return fill(text.check[family], { item });
}

/** Why a check ended as it did; empty for one that simply passed. */
export function reasonOf(reason: CheckReason, text: VerifyWords): string {
  return fill(text.reason[reason.code], reason.params);
}

/** Who signed, by name where a certificate has one; null where nobody did. */
export function signersOf({ signers }: VerificationResult['summary'], { heading }: VerifyWords): string | null {
  const said = signers.map(({ role, code, subject }) => {
    const word = role === 'station' ? heading.station : heading.officer;
    const name = subject ?? code;
    return name === role ? word : `${visible(name)} (${word})`;
  });
  return said.length > 0 ? said.join(', ') : null;
}

/** The bag's own words in a sentence of ours. */
export function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => visible(String(params[name] ?? ''))).trim();
}

/**
 * A bag's words must not move the cursor, ring the bell, turn the reading direction or hide something: what is not
 * printable is shown as a question mark.
 */
export function visible(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
