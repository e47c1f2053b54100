import { expect, it } from 'vitest';
import { table } from '../../support/contractTable.ts';

/**
 * Operations that write nothing into the custody log, each with why it may. What touches evidence (opens, plays, changes,
 * hands out, gives access to it) cannot stand here: it names its events in the contract, and the journey holds it to them.
 */
const silent: Readonly<Record<string, readonly string[]>> = {
  'tells what the station is, or what is on its lists': [
    'station.info',
    'station.capabilities',
    'station.practicePeople',
    'tablet.voices',
    'station.targets',
    'station.levelling',
    'backup.last',
    'backup.look',
    'accounts.list',
    'accounts.people',
    'accounts.ownCertificate',
    'accounts.waiting',
    'keyRing.state',
    'jurisdiction.inForce',
    'jurisdiction.choices',
    'rooms.list',
    'rooms.discover',
    'observers.screens',
    'network.check',
    'pairing.screens',
    'pairing.courtroomScreens',
    'archive.recipient',
    'timestamps.queue',
    'timestamps.ofExhibit',
    'timestamps.authorities',
    'jobs.state',
  ],
  'tells of cases, interviews and exhibits by number and code; no recording and no identity': [
    'cases.list',
    'cases.get',
    'interviews.list',
    'interviews.get',
    'interviews.earlier',
    'planning.expected',
    'planning.facts',
    'planning.calendar',
    'planning.freeTimes',
    'planning.perhaps',
    'planning.imported',
    'recording.card',
    'exhibits.list',
    'exhibits.get',
    'exhibits.key',
    'copies.list',
    'hearings.list',
    'hearings.get',
    'questions.list',
    'questions.live',
    'attachments.list',
    'supplements.list',
  ],
  'says of a text that was typed whether a child’s name seems to stand in it': ['cases.mentions'],
  'reads the log itself': ['exhibits.custody', 'custody.list', 'custody.witnesses'],
  'locks or unlocks a session that signed in with an event': ['session.me', 'session.lock', 'session.unlock'],
  'stops or goes on with what another operation began, which says how it ended': [
    'station.cancelLevelling',
    'jobs.cancel',
    'jobs.pause',
  ],
  'makes a key that counts for nothing until keyRing.takeRecovery, which is on record': ['keyRing.showRecovery'],
  'shows a room where nothing is kept, or its check': ['selfTest.last', 'selfTest.history', 'selfTest.stills'],
  'shows the room as it is; what is recorded is not read': [
    'recording.view',
    'recording.live',
    'conducting.watch',
    'tablet.watch',
  ],
  'writes onto the timeline, which the seal signs whole': ['recording.mark', 'conducting.press', 'tablet.wish'],
  'writes the checklist, whose answers become a signed attachment at the seal': [
    'preparation.get',
    'preparation.answer',
    'preparation.takeStill',
    'preparation.keepStill',
    'preparation.still',
  ],
  'saves a draft, which is nothing until it is filed with an event': ['protocol.save', 'transcripts.save'],
  'shows what was filed beside a recording whose opening is on record': ['transcripts.filed'],
  'keeps what a person writes for themselves, which is no evidence': [
    'conducting.keepNote',
    'conducting.ownNotes',
    'conducting.dropNote',
  ],
  'reads a folder or a file that is not this station’s': ['archive.verifyBag', 'jurisdiction.look'],
  'repeats what the courtroom’s own playing says, which is on record': ['playback.follow'],
  'asks an authority of time; what it answers is put on record by the queue': ['timestamps.tryNow', 'timestamps.test'],
};

const given = Object.values(silent).flat();

it('every operation without events has a reason to write none', () => {
  const without = table.filter(({ access }) => access.events.length === 0).map(({ name }) => name);
  expect(without.filter((name) => !given.includes(name))).toEqual([]);
});

it('no reason outlives its operation, or covers one that writes', () => {
  const writes = new Set(table.filter(({ access }) => access.events.length > 0).map(({ name }) => name));
  expect(given.filter((name) => writes.has(name))).toEqual([]);
  expect(given.filter((name) => !table.some((entry) => entry.name === name))).toEqual([]);
  expect(new Set(given).size).toBe(given.length);
});
