/**
 * Patterns of case numbers. A small part of what regular expressions are, so that no pattern of a profile can keep the
 * station busy: a row of characters, `\d`, `\p{L}`, `\p{N}`, `[a set of these, a-z]`, `\` before a sign that stands for
 * itself, and after each `?`, `*`, `+`, `{n}` or `{n,m}`. The whole number has to fit. Checking takes time in proportion to
 * the lengths of pattern and number.
 */
interface Step {
  readonly one: RegExp;
  readonly least: number;
  readonly most: number;
}

const MOST_TIMES = 200;
const sign = String.raw`\\p\{[LN]\}|\\d|\\[-^$\\.*+?()[\]{}|/]`;
const element = new RegExp(
  String.raw`(${sign}|\[(?:${sign}|[^\\[\]^])+\]|[^\\[\](){}*+?.^$|])(\*|\+|\?|\{(\d{1,3})(?:,(\d{1,3}))?\})?`,
  'uy',
);

/** The pattern taken apart, or null where it is none. */
function stepsOf(pattern: string): readonly Step[] | null {
  const steps: Step[] = [];
  element.lastIndex = 0;
  while (element.lastIndex < pattern.length) {
    const found = element.exec(pattern);
    if (found === null) return null;
    const [, one = '', times = '', least = '', most = least] = found;
    const step = { one: compiled(one), ...timesOf(times, Number(least), Number(most)) };
    if (step.one === null || step.most > MOST_TIMES || step.least > step.most) return null;
    steps.push({ ...step, one: step.one });
  }
  return steps;
}

function compiled(one: string): RegExp | null {
  try {
    return new RegExp(one.startsWith('[') ? `^${one}$` : `^[${one}]$`, 'u');
  } catch {
    return null; // a set such as [9-0]
  }
}

function timesOf(times: string, least: number, most: number): { least: number; most: number } {
  switch (times) {
    case '':
      return { least: 1, most: 1 };
    case '?':
      return { least: 0, most: 1 };
    case '*':
      return { least: 0, most: MOST_TIMES };
    case '+':
      return { least: 1, most: MOST_TIMES };
    default:
      return { least, most };
  }
}

/** Whether this is a pattern as described above. */
export function isPattern(pattern: string): boolean {
  return stepsOf(pattern) !== null;
}

/** Whether the whole of `text` fits; nothing fits what is no pattern. */
export function fits(text: string, pattern: string): boolean {
  const steps = stepsOf(pattern);
  if (steps === null) return false;
  const signs = [...text];
  // Lengths of the beginnings of the text that the steps so far can stand for.
  let reached = new Set([0]);
  for (const { one, least, most } of steps) {
    const next = new Set<number>();
    for (const start of reached) {
      for (let count = 0; count <= most; count += 1) {
        if (count >= least) next.add(start + count);
        const sign = signs[start + count];
        if (sign === undefined || !one.test(sign)) break;
      }
    }
    reached = next;
  }
  return reached.has(signs.length);
}
