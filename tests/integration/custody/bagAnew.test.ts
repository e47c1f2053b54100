import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderSink, writeBag } from '../../../src/main/archive/bag/index.ts';
import { cosign, newLogKey, parseNote, witnessOf } from '../../../src/main/custody/index.ts';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import type { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { writeAnew } from '../../support/insider.ts';
import { sampleBag, sampleBagInput } from '../../support/sampleBag.ts';

const failed = ({ checks }: VerificationResult): string[] =>
  checks.filter(({ status }) => status === 'fail').map(({ name }) => name);

describe('a bag out of a log that was written anew with its own key', () => {
  it('passes by itself, and is found with the witness’s key', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'birret-anew-'));
    const { exhibit, rootPem } = await sampleBag(folder);
    const { db, log, logKey } = exhibit;
    const witness = witnessOf(newLogKey('office.example').skey);
    const size = log.size();
    const head = log.checkpoint(logKey.signer, size);
    const line = cosign(parseNote(head).text, witness, witness, new Date());
    log.keepHead(head, null);
    const cosignature = { size, witness: witness.vkey, at: new Date().toISOString(), line };
    log.keepCosignature(cosignature);
    for (const name of db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      db.exec(`DROP TRIGGER ${name}`);
    writeAnew(db, log.origin, (event) =>
      event.action === 'interview.planned' ? { ...event, details: { room: 'another' } } : event,
    );
    const sealed = log.eventsOf(exhibit.subject).find(({ event }) => event.action === 'exhibit.sealed')?.index ?? 0;
    const sealCheckpoint = log.checkpoint(logKey.signer, sealed + 1);
    const bagged = async (name: string) => {
      const { path } = await writeBag(sampleBagInput({ ...exhibit, sealCheckpoint }), folderSink(join(folder, name)));
      const verdict = async (witnesses: string[]) => {
        const result = await verifyBag(await openBag(path), { trust: [rootPem], witnesses });
        return { exitStatus: result.exitStatus, failed: failed(result), remarks: result.summary.remarks };
      };
      return { alone: await verdict([]), held: await verdict([witness.vkey]) };
    };
    const kept = await bagged('kept');
    expect(kept.alone).toMatchObject({ exitStatus: 0, failed: [], remarks: expect.arrayContaining(['no-witness']) });
    expect(kept.held).toMatchObject({ exitStatus: 1, failed: ['custody.witnesses'] });
    // Without the cosignature in the bag, the witness that was named is what is missing.
    db.exec('DELETE FROM witness_cosignatures');
    expect((await bagged('dropped')).held).toMatchObject({ exitStatus: 3, failed: [] });
    db.close();
    await rm(folder, { recursive: true, force: true });
  });
});
