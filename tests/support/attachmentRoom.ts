import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attachments } from '../../src/main/attachments/index.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { ensureExhibitKey, openExhibitKey, storeKey } from '../../src/main/recording/index.ts';
import { newIdentity } from '../../src/main/vault/index.ts';
import { absences, casesOf, childIdentity, simulatedChoices } from './testCases.ts';
import { passwords, TestStation } from './testStation.ts';

/** A station with one planned interview and two targets of its own, and what keeps files with that interview. */
export async function attachmentRoom() {
  const folder = mkdtempSync(join(tmpdir(), 'bir-ret-attach-'));
  let targets = ['a', 'b'].map((name) => join(folder, name));
  for (const target of targets) mkdirSync(target);
  const station = await TestStation.ready();
  const services = casesOf(station);
  const officer = await station.signIn('daniyar', passwords.keyHolder);
  const choices = simulatedChoices('room', 'face', 'mic1');
  const room = (await services.rooms.save({ id: null, name: 'Room 1', sources: choices }, officer.person)).id;
  const caseId = services.cases.create({ number: '26-0001', court: 'Juvenile court' }, officer.person).id;
  const child = await services.cases.addChild({ caseId, status: 'victim', identity: childIdentity }, officer.person);
  const interview = await services.interviews.plan(
    {
      ...{ caseId, childId: child.id, kind: 'deposition', language: 'kk', room, plannedMinutes: 60, further: null },
      missing: absences,
      plannedAt: '2026-11-22T09:00:00.000Z',
      participants: [{ capacity: 'psychologist', place: 'interview', name: 'Гүлнар Ермекова' }],
    },
    officer.person,
  );
  const [vault, recovery] = [await newIdentity(), await newIdentity()];
  const { db, clock } = station;
  const keyNeeds = {
    db,
    recipients: () => ({ vault: vault.recipient, recovery: recovery.recipient }),
    targets: () => targets,
  };
  const make = () =>
    new Attachments({
      ...{ db, clock, log: newLog('test', 'silent') },
      get custody() {
        return station.log;
      },
      ensureKey: async (exhibit) => {
        const key = await ensureExhibitKey(keyNeeds, exhibit);
        return { ...key, usable: await storeKey(key.folders, key.keyAge, true) };
      },
      openKey: openExhibitKey,
    });
  const { exhibit } = interview;
  return {
    ...{ folder, station, services, interview, exhibit, keyNeeds, vault, make },
    attachments: make(),
    actor: { id: officer.person.code, role: officer.person.role },
    officer: officer.person,
    folders: () => targets.map((target) => join(target, exhibit)),
    setTargets: (paths: string[]) => {
      targets = paths;
    },
    events: () =>
      station.log
        .eventsOf({ type: 'exhibit', id: exhibit })
        .map(({ event }) => event)
        .filter(({ action }) => action.startsWith('attachment.')),
    end: () => {
      station.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
