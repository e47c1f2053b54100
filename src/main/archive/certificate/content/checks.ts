import { type CheckFamily, checkFamily } from '../../../../shared/evidence/checkNames.ts';
import { fill, reasonOf, titleOf } from '../../../../shared/evidence/reportWords.ts';
import type { BagCheck, CheckReason, CheckStatus } from '../../../../shared/evidence/verification.ts';
import type { Block, CheckRow } from '../../../papers/index.ts';
import type { PaperData } from '../data.ts';
import { heading, type Saying } from './saying.ts';

const marks: Readonly<Record<CheckStatus, string>> = { pass: '✓', fail: '✗', 'not-checked': '–' };

/**
 * What was checked and what came of it, each check by itself but for two: those of one kind over all tracks and disks are one
 * line where all passed, and so are the outside time-stamps that need not be there and are not.
 */
export function checks({ verification, verifiedAt, software }: PaperData, saying: Saying): Block[] {
  const { checks: words } = saying.text;
  const { passed, failed, not_checked } = verification.summary;
  const said = fill(words.at, { at: saying.brief(verifiedAt), software, passed, failed, not_checked });
  return [
    heading(6, words.title),
    { kind: 'text', text: said, withNext: true },
    { kind: 'checks', rows: [...rowsOf(verification.checks, saying), ...withoutStamp(verification.checks, saying)] },
  ];
}

const noStamp = ({ status, mandatory, reason }: BagCheck): boolean =>
  status === 'not-checked' && !mandatory && reason.code === 'no-token';

function rowsOf(all: readonly BagCheck[], saying: Saying): CheckRow[] {
  const rows: CheckRow[] = [];
  const told = new Set<CheckFamily>();
  for (const check of all.filter((one) => !noStamp(one))) {
    const { family } = checkFamily(check.name);
    const title = trackTitle(family, saying);
    const alike = all.filter(({ name }) => checkFamily(name).family === family);
    if (title === null || alike.some(({ status }) => status !== 'pass')) {
      rows.push(rowOf(check, saying));
    } else if (!told.has(family)) {
      told.add(family);
      const times = fill(saying.text.checks.times, { title, count: alike.length });
      rows.push({ mark: marks.pass, status: saying.verify.status.pass, title: times, reasons: [] });
    }
  }
  return rows;
}

function withoutStamp(all: readonly BagCheck[], { text, verify }: Saying): CheckRow[] {
  const items = all.filter(noStamp).map(({ name }) => {
    const { family, item } = checkFamily(name);
    if (family === 'time-anchor') return text.signatures.anchor;
    if (item.startsWith('seal.')) return text.signatures.seal;
    return item === 'checkpoint' ? text.signatures.head : item;
  });
  if (items.length === 0) return [];
  return [
    {
      mark: marks['not-checked'],
      status: verify.status['not-checked'],
      title: fill(text.checks.stamps, { items: items.join(', ') }),
      reasons: [text.checks.reasons['no-token']],
    },
  ];
}

function rowOf(check: BagCheck, saying: Saying): CheckRow {
  const { text, verify } = saying;
  const { family, item } = checkFamily(check.name);
  const lacking = check.mandatory && check.status === 'not-checked';
  const status = verify.status[check.status];
  return {
    mark: marks[check.status],
    status: lacking ? `${status} (${text.checks.required})` : status,
    title: family === 'signature-trusted' ? fill(text.checks.trusted, { item }) : titleOf(check.name, verify),
    reasons: check.status === 'pass' ? [] : [check.reason, ...check.details].map((reason) => reasonIn(reason, saying)),
  };
}

/** What the screens say to whoever can name a root is said here of the station that could not. */
function reasonIn(reason: CheckReason, { text, verify }: Saying): string {
  const own: Readonly<Record<string, string>> = text.checks.reasons;
  const template = own[reason.code];
  return template === undefined ? reasonOf(reason, verify) : fill(template, reason.params);
}

function trackTitle(family: CheckFamily, { text }: Saying): string | null {
  const titles: Readonly<Partial<Record<CheckFamily, string>>> = text.checks.family;
  return titles[family] ?? null;
}
