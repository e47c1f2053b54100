import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import type { AdoptInput, JurisdictionChoice, JurisdictionView } from '../../shared/contract/jurisdiction.ts';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { profileOfFile, shippedFolder, shippedProfiles } from './profileFiles.ts';
import { type ProfileRow, ProfileRows } from './profileRows.ts';
import { type ReadProfile, readProfile } from './readProfile.ts';

export interface JurisdictionNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: () => Pick<CustodyLog, 'append'>;
  /** STATION_NOT_SET_UP before the set-up. */
  readonly stationId: () => string;
  /** Folder of the profiles that come with the product; the product's own where none is given. */
  readonly shipped?: string;
}

/** The profile that a station begins with. */
const DEFAULT = 'kz';

/** Which jurisdiction profile is in force, and its change. */
export class JurisdictionService {
  readonly #needs: JurisdictionNeeds;
  readonly #rows: ProfileRows;
  /** What was read, by digest. */
  readonly #read = new Map<string, JurisdictionProfile>();

  constructor(needs: JurisdictionNeeds) {
    this.#needs = needs;
    this.#rows = new ProfileRows(needs.db);
  }

  /** The rules in force now. A station that never had any takes the shipped default, and keeps it. */
  inForce(): JurisdictionProfile {
    return this.#profileOf(this.#newest());
  }

  /**
   * The phases of the rules in force at an instant, such as the beginning of a recording; null asks for now. None where this
   * version of the product cannot read them: a recording is not to end for that.
   */
  phasesAt(instant: string | null): Pick<JurisdictionProfile['phases'][number], 'id' | 'name'>[] {
    return this.readableAt(instant)?.phases.map(({ id, name }) => ({ id, name })) ?? [];
  }

  /** The rules in force at an instant; null asks for now. Null where this version of the product cannot read them. */
  readableAt(instant: string | null): JurisdictionProfile | null {
    try {
      return this.#profileOf(this.#at(instant));
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  /** How records name the rules in force at an instant; null asks for now. */
  namedAt(instant: string | null): { id: string; version: string } {
    const { id, version } = this.#at(instant);
    return { id, version };
  }

  view(): JurisdictionView {
    const row = this.#newest();
    return { profile: this.#profileOf(row), sha256: row.sha256, since: row.since };
  }

  /** What can be put in force without a file: what comes with the product, and what once was. */
  choices(): JurisdictionChoice[] {
    const now = this.#newest().sha256;
    return this.#known().map(({ read: { profile, sha256 }, origin }) => {
      const { id, version, name } = profile;
      return { id, version, name, sha256, origin, inForce: sha256 === now };
    });
  }

  /** Reads a file without changing anything. Refusals as of `profileOfFile`; JURISDICTION_VERSION_TAKEN. */
  async look(path: string): Promise<{ profile: JurisdictionProfile; sha256: string }> {
    const { profile, sha256 } = this.#isNew(await profileOfFile(path));
    return { profile, sha256 };
  }

  /**
   * Puts a profile in force: of a file that was looked at (JURISDICTION_FILE_CHANGED if it is no longer the same), or one of
   * `choices` (JURISDICTION_CHOICE_UNKNOWN). Whatever is refused, the one in force stays.
   */
  async adopt(input: z.infer<typeof AdoptInput>, actor: { id: string; role: string }): Promise<JurisdictionView> {
    const read = input.path === null ? this.#choice(input.sha256) : this.#isNew(await profileOfFile(input.path));
    if (read.sha256 !== input.sha256) throw new Refusal('JURISDICTION_FILE_CHANGED');
    const { db, clock, custody, stationId } = this.#needs;
    return db
      .transaction(() => {
        if (this.#newest().sha256 === read.sha256) return this.view();
        this.#rows.add(read, clock.now().toISOString());
        const { id, version } = read.profile;
        custody().append({
          action: 'station.jurisdiction-changed',
          actor,
          subject: { type: 'station', id: stationId() },
          details: { id, version, sha256: read.sha256 },
        });
        return this.view();
      })
      .immediate();
  }

  /** A file's profile; one that comes with the product has its id and version to itself. */
  #isNew(read: ReadProfile): ReadProfile {
    refuseTaken(read, [...this.#rows.all(), ...this.#shipped().map(named)]);
    return read;
  }

  #choice(sha256: string): ReadProfile {
    const found = this.#known().find(({ read }) => read.sha256 === sha256);
    if (found === undefined) throw new Refusal('JURISDICTION_CHOICE_UNKNOWN');
    refuseTaken(found.read, this.#rows.all());
    return found.read;
  }

  /** Shipped ones first, then those that once were in force and that this version of the product can still read. */
  #known(): { readonly read: ReadProfile; readonly origin: JurisdictionChoice['origin'] }[] {
    const shipped = this.#shipped();
    const kept = this.#rows.all().filter(({ sha256 }) => !shipped.some((one) => one.sha256 === sha256));
    return [
      ...shipped.map((read) => ({ read, origin: 'shipped' as const })),
      ...kept.flatMap((row) => {
        const read = readable(row);
        return read === null ? [] : [{ read, origin: 'kept' as const }];
      }),
    ];
  }

  #at(instant: string | null): ProfileRow {
    const newest = this.#newest();
    return instant === null ? newest : (this.#rows.at(instant) ?? newest);
  }

  #newest(): ProfileRow {
    const kept = this.#rows.newest();
    if (kept !== null) return kept;
    const first = this.#shipped().find(({ profile }) => profile.id === DEFAULT);
    if (first === undefined) throw new Error('the product came without its jurisdiction profile');
    this.#rows.add(first, this.#needs.clock.now().toISOString());
    return this.#newest();
  }

  #shipped(): readonly ReadProfile[] {
    return shippedProfiles(this.#needs.shipped ?? shippedFolder);
  }

  #profileOf(row: ProfileRow): JurisdictionProfile {
    const known = this.#read.get(row.sha256);
    if (known !== undefined) return known;
    const { profile } = readProfile(row.bytes, `${row.id}.json`);
    this.#read.set(row.sha256, profile);
    return profile;
  }
}

type Named = Pick<ProfileRow, 'id' | 'version' | 'sha256'>;
const named = ({ profile: { id, version }, sha256 }: ReadProfile): Named => ({ id, version, sha256 });

/** JURISDICTION_VERSION_TAKEN: a record could not say which of two profiles of one id and version it was made under. */
function refuseTaken(read: ReadProfile, known: readonly Named[]): void {
  const { id, version, sha256 } = named(read);
  const other = known.some((one) => one.id === id && one.version === version && one.sha256 !== sha256);
  if (other) throw new Refusal('JURISDICTION_VERSION_TAKEN', { id, version });
}

/** A profile that was kept by another version of the product may not be readable by this one. */
function readable(row: ProfileRow): ReadProfile | null {
  try {
    return readProfile(row.bytes, `${row.id}.json`);
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
