/** What is known of a child's identity; the sealed record holds it as typed. */
export interface KnownIdentity {
  readonly surname: string;
  readonly givenName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  /** Individual identification number, 12 digits. */
  readonly iin: string | null;
}

const OLDEST_YEARS = 120;

/**
 * The texts by which the same person is recognised, before they are turned into HMACs. The number alone says who it is;
 * name and birth date serve where one of two records lacks the number. Spelling is evened out: NFC, case, spaces, kinds of
 * hyphen and apostrophe, and ё for е, which people write as they please.
 */
export function identityMarks(identity: KnownIdentity): { iin: string | null; name: string } {
  const name = [identity.surname, identity.givenName].map(evenOut).join('\n');
  return {
    iin: identity.iin === null ? null : `iin\n${identity.iin}`,
    name: `name\n${name}\n${identity.birthDate ?? ''}`,
  };
}

function evenOut(name: string): string {
  return name
    .normalize('NFC')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[‐‑–—]/g, '-')
    .replaceAll(/[’ʼ`´]/g, "'")
    .toLowerCase()
    .replaceAll('ё', 'е');
}

/**
 * Whole years of age on a day; both as `YYYY-MM-DD`. A birthday of 29 February is kept on 1 March in other years. Null
 * where the birth date is not known, lies after that day, or more than 120 years before it.
 */
export function ageOn(birthDate: string | null, day: string): number | null {
  if (birthDate === null) return null;
  const birthday = birthDate.slice(4);
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(4) < birthday ? 1 : 0);
  return years < 0 || years > OLDEST_YEARS ? null : years;
}

/** The calendar day of an instant in the station's own time zone, as `YYYY-MM-DD`. */
export function localDay(instant: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}
