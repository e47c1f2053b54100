import { fill } from '../../../../shared/evidence/reportWords.ts';
import { type Words, words } from '../../../../shared/i18n/index.ts';
import { type Block, momentOf, type Value } from '../../../papers/index.ts';
import type { CertificateFacts, PaperData, StampFacts } from '../data.ts';

/** The words of one paper: its language, its time zone, and how data are said in them. */
export interface Saying {
  readonly text: Words['certificate'];
  readonly verify: Words['verify'];
  /** Local time, how far it is from UTC, and UTC. */
  at(instant: string): string;
  /** Local time alone, within a sentence. */
  brief(instant: string): string;
  role(role: string): string;
  track(id: string, label: string): string;
  certificate(facts: CertificateFacts): Value[];
  stamp(stamp: StampFacts): Value;
}

export function sayingOf({ language, timeZone }: Pick<PaperData, 'language' | 'timeZone'>): Saying {
  const { certificate: text, verify, roles, common } = words[language];
  const moment = (instant: string) => momentOf(instant, language, timeZone);
  const brief = (instant: string): string => {
    const { local, offset } = moment(instant);
    return `${local} (UTC${offset})`;
  };
  const knownRoles: Readonly<Record<string, string>> = roles;
  const sources: Readonly<Record<string, string>> = common.source;
  return {
    text,
    verify,
    at: (instant) => `${brief(instant)}; ${moment(instant).utc} UTC`,
    brief,
    role: (role) => knownRoles[role] ?? role,
    track: (id, label) => sources[id] ?? (label === '' ? id : label),
    certificate: (facts) => [
      { text: fill(text.signatures.subject, { subject: facts.subject }) },
      { text: fill(text.signatures.issuer, { issuer: facts.issuer }) },
      {
        text: fill(text.signatures.valid, { from: moment(facts.from).day, until: moment(facts.until).day }),
      },
      { text: text.signatures.fingerprint, soft: true },
      { digest: facts.sha256 },
    ],
    stamp: ({ time, authority, status }) => ({
      text: fill(text.signatures.stamp, {
        time: time === null ? text.paper.unknown : brief(time),
        authority: authority === '' ? text.paper.unknown : authority,
        status: verify.status[status],
      }),
    }),
  };
}

/** A heading with its number. */
export const heading = (number: number, text: string): Block => ({ kind: 'heading', text: `${number}. ${text}` });
