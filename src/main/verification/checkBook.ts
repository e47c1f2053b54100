import type { BagCheck, CheckReason } from '../../shared/evidence/verification.ts';
import type { ReasonCode } from '../../shared/evidence/verificationReasons.ts';

/** What a check found: nothing wrong, a list of what is wrong, or why it did not look. */
export type Finding =
  | { readonly status: 'pass'; readonly params?: CheckReason['params']; readonly code?: ReasonCode }
  | { readonly status: 'fail'; readonly reasons: readonly CheckReason[] }
  | { readonly status: 'not-checked'; readonly reason: CheckReason };

/** At most so many findings of one check are listed; the rest is counted by nobody and adds nothing. */
const MOST_DETAILS = 20;

/** `code` says what is to be known although the check passed. */
export const passed = (params: CheckReason['params'] = {}, code: ReasonCode = 'ok'): Finding => {
  return { status: 'pass', params, code };
};

export function failed(code: ReasonCode, params: CheckReason['params'] = {}): Finding {
  return { status: 'fail', reasons: [{ code, params }] };
}

export function notChecked(code: ReasonCode, params: CheckReason['params'] = {}): Finding {
  return { status: 'not-checked', reason: { code, params } };
}

/** Fails with `reasons` if there are any, else passes with `params`. */
export function judged(reasons: readonly CheckReason[], params: CheckReason['params'] = {}): Finding {
  return reasons.length > 0 ? { status: 'fail', reasons } : { status: 'pass', params };
}

/** The list of checks as it grows. A name stands once; a check that throws has failed, never passed or vanished. */
export class CheckBook {
  readonly #checks = new Map<string, BagCheck>();

  /** Runs one check. `mandatory` says whether exit status 0 needs it to pass. */
  async run(name: string, mandatory: boolean, look: () => Finding | Promise<Finding>): Promise<Finding> {
    let finding: Finding;
    try {
      finding = await look();
    } catch (error) {
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      finding = failed('unreadable', { what: what.replace(/[^\x20-\x7e]/g, '?').slice(0, 200) });
    }
    if (this.#checks.has(name)) throw new RangeError(`check ${name} twice`);
    this.#checks.set(name, toCheck(name, mandatory, finding));
    return finding;
  }

  /** True if the check ran and passed. */
  passed(name: string): boolean {
    return this.#checks.get(name)?.status === 'pass';
  }

  checks(): BagCheck[] {
    return [...this.#checks.values()];
  }
}

function toCheck(name: string, mandatory: boolean, finding: Finding): BagCheck {
  const base = { name, mandatory, status: finding.status };
  switch (finding.status) {
    case 'pass':
      return { ...base, reason: { code: finding.code ?? 'ok', params: finding.params ?? {} }, details: [] };
    case 'not-checked':
      return { ...base, reason: finding.reason, details: [] };
    case 'fail': {
      const [first = { code: 'unreadable' as const, params: {} }, ...more] = finding.reasons;
      return { ...base, reason: first, details: more.slice(0, MOST_DETAILS) };
    }
  }
}
