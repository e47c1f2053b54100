import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Identity } from '../../shared/contract/cases.ts';
import type { ProtocolPerson } from '../../shared/contract/protocol.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import { blob } from '../database/index.ts';
import { openSecret } from '../vault/index.ts';

const Rows = z.array(z.object({ code: z.string(), identity: blob }));
const OfPerson = z.looseObject({ identity: z.looseObject({ name: z.string() }) });
const OfChild = z.looseObject({ identity: Identity });

/**
 * Everyone whom a protocol names: the child, the officer, and the record's roster, with the names out of the sealed
 * identities that this station holds. Of another station's exhibit it holds none.
 */
export async function peopleOfExhibit(
  db: Database,
  record: EvidenceRecord,
  { vaultIdentity, nameOf }: { readonly vaultIdentity: string; readonly nameOf: (code: string) => string },
): Promise<ProtocolPerson[]> {
  const names = await participantNames(db, record.exhibit, vaultIdentity);
  const officer = record.signers.find(({ role }) => role === 'officer')?.code ?? null;
  const seen = new Map(record.roster.map((one) => [one.code, one]));
  return [
    { code: 'child', capacity: 'child', place: 'interview', name: await childName(db, record.exhibit, vaultIdentity) },
    { code: 'officer', capacity: 'officer', place: null, name: officer === null ? null : nameOf(officer) },
    ...[...seen.values()].map(({ code, role, place }) => ({
      ...{ code, place, capacity: role },
      name: names.get(code) ?? null,
    })),
  ];
}

async function participantNames(db: Database, exhibit: string, vaultIdentity: string): Promise<Map<string, string>> {
  const rows = Rows.parse(
    db
      .prepare(
        `SELECT p.code, p.identity FROM participants p JOIN exhibits e ON e.interview_id = p.interview_id
         WHERE e.number = ? ORDER BY p.position`,
      )
      .all(exhibit),
  );
  const opened = rows.map(async ({ code, identity }): Promise<[string, string]> => {
    const plain = await openSecret(identity, vaultIdentity);
    return [code, OfPerson.parse(JSON.parse(plain.toString('utf8'))).identity.name];
  });
  return new Map(await Promise.all(opened));
}

async function childName(db: Database, exhibit: string, vaultIdentity: string): Promise<string | null> {
  const sealed: unknown = db
    .prepare(
      `SELECT k.identity FROM children k JOIN interviews i ON i.child_id = k.id JOIN exhibits e ON e.interview_id = i.id
       WHERE e.number = ?`,
    )
    .pluck()
    .get(exhibit);
  if (!(sealed instanceof Uint8Array)) return null;
  const plain = await openSecret(sealed, vaultIdentity);
  const { surname, givenName } = OfChild.parse(JSON.parse(plain.toString('utf8'))).identity;
  return `${surname} ${givenName}`;
}
