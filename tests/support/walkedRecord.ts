import { expect } from 'vitest';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { EvidencePreparation } from '../../src/shared/evidence/preparation.ts';
import type { EvidenceRecord, TimelineEntry } from '../../src/shared/evidence/record.ts';
import { asked, type WalkCapacity, wishes } from './walkPeople.ts';

const hex = expect.stringMatching(/^[0-9a-f]{64}$/);
const anInstant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const anId = expect.stringMatching(/^[a-z0-9-]{1,32}$/);

/** An entry as it is expected; `at_ms` is asked for separately, as a row that rises. */
type Expected = Readonly<Record<string, unknown>>;

/** What the record must agree with: the version of the rules, and the officer's code. */
export interface Known {
  readonly version: string;
  readonly officer: string;
}

const codeOf = (interview: Interview, capacity: WalkCapacity) =>
  interview.participants.find((one) => one.capacity === capacity)?.code ?? `no ${capacity}`;

/** What the five browsers put on the timeline, each entry with every field but its moment, in their order. */
export function walkedTimeline(interview: Interview, officer: string): Expected[] {
  const who = (capacity: WalkCapacity) => codeOf(interview, capacity);
  const chapter = (phase: string, by: string) => ({ type: 'chapter', label: phase, phase, by });
  const mother = { type: 'roster', label: 'legal-representative', code: who('legal-representative') };
  const question = (label: string, by: string, more: Expected = {}) => {
    const base = { type: 'question', label, by, question: anId, priority: 'normal', ...more };
    return (step: number, state: string, words: Expected = {}) => ({ ...base, step, state, ...words });
  };
  const before = { letter: '4/17' };
  const brought = question(asked.brought, who('defence'), before);
  const accepted = question(asked.accepted, who('prosecutor'));
  const declined = question(asked.declined, who('prosecutor'));
  const reworded = question(asked.reworded, who('defence'), { priority: 'high' });
  const meanwhile = question(asked.meanwhile, who('prosecutor'));
  const offline = question(asked.offline, who('defence'));
  const wording = { wording: asked.wording };
  const pause = { type: 'break', label: 'To gather the observers’ questions' };
  return [
    brought(0, 'sent', { at: anInstant }),
    brought(1, 'accepted', { at: anInstant }),
    { type: 'note', label: 'preparation', attachment: 'attachments/preparation.json' },
    chapter('introduction', officer),
    chapter('rapport', 'interviewer'),
    chapter('transition', officer),
    chapter('narrative', 'interviewer'),
    { type: 'marker', label: '1', number: 1, by: 'interviewer' },
    { type: 'note', label: 'The child points at the door', by: officer },
    { ...mother, place: 'observation', present: false, by: officer },
    { ...mother, place: 'observation', present: true, by: officer },
    {
      ...{ type: 'note', label: 'The bus stop', attachment: expect.stringMatching(/^attachments\/[a-z0-9-]+\.png$/) },
      ...{ of: 'child', said: 'this is the bench', by: officer },
    },
    accepted(0, 'sent'),
    accepted(1, 'accepted'),
    brought(2, 'asked'),
    accepted(2, 'asked'),
    declined(0, 'sent'),
    reworded(0, 'sent'),
    reworded(1, 'reworded', wording),
    declined(1, 'declined', { reason: 'leading' }),
    reworded(2, 'asked', wording),
    meanwhile(0, 'sent'),
    meanwhile(1, 'accepted'),
    offline(0, 'sent'),
    ...wishes.map(({ wish }) => ({
      ...{ type: 'marker', label: 'child', wish, press: anId, voice: 'synthetic', by: 'child' },
    })),
    {
      ...{ type: 'note', label: 'The child wants to go on', by: who('teacher') },
      ...{ overrun: ['minor-limits'], limits: ['run'] },
    },
    { ...pause, begins: true, by: officer },
    { ...pause, begins: false, by: 'interviewer' },
    chapter('closing', officer),
    meanwhile(2, 'not-asked', { reason: 'no-time' }),
    offline(1, 'not-asked', { reason: 'no-time' }),
  ];
}

/** What the machine itself had to say of its equipment: nothing, unless it was too busy to record. */
export const ofTheMachine = ({ type }: Pick<TimelineEntry, 'type'>) => type === 'alarm';

/** The record but for its timeline and its tracks, which are held to the files. */
export function walkedRecord(interview: Interview, { version, officer }: Known, record: EvidenceRecord) {
  const lasts = Date.parse(record.interview.ended_at) - Date.parse(record.interview.started_at);
  const moves = record.timeline.filter(({ type }) => type === 'roster').map(({ at_ms }) => at_ms);
  const [left = Number.NaN, came = Number.NaN] = moves;
  const signer = (role: string, code: string) => ({
    ...{ file: `signatures/record.json.${code}.p7s`, role, code, cert_sha256: hex },
  });
  return {
    format: 'birret-record/1',
    exhibit: interview.exhibit,
    case: {
      number: '247500031000499',
      court: 'Demo court (simulated)',
      jurisdiction: { id: 'kz', version },
    },
    interview: {
      ...{ id: interview.id, kind: 'deposition', language: 'kk', room: 'Room 1', station: 'demo' },
      ...{ planned_at: interview.plannedAt, started_at: anInstant, ended_at: anInstant, sealed_at: anInstant },
    },
    child: { code: interview.child.code, age_years: 10, role: 'victim', identity_commitment: hex },
    roster: interview.participants.flatMap(({ code, capacity, place }) => {
      const stay = { code, role: capacity, place, identity_commitment: hex };
      return capacity === 'legal-representative'
        ? [
            { ...stay, entered_ms: 0, left_ms: left },
            { ...stay, entered_ms: came, left_ms: expect.closeTo(lasts, -2) },
          ]
        : [{ ...stay, entered_ms: 0, left_ms: expect.closeTo(lasts, -2) }];
    }),
    targets: expect.objectContaining({ written: 2, confirmed_single_by: null }),
    recovered: null,
    anchor: null,
    signers: [signer('station', 'station'), signer('officer', officer)],
    log: { origin: expect.stringMatching(/^birret\/demo\//), vkey: expect.any(String) },
    software: { name: 'bir-ret', version: expect.any(String), commit: record.software.commit },
    previous: [],
    attachments: [
      { file: expect.any(String), media_type: 'image/png', sha256: hex, title: 'The bus stop' },
      { file: 'attachments/still-face.jpg', media_type: 'image/jpeg', sha256: hex, title: 'still-face' },
      { file: 'attachments/still-room.jpg', media_type: 'image/jpeg', sha256: hex, title: 'still-room' },
      { file: 'attachments/preparation.json', media_type: 'application/json', sha256: hex, title: 'preparation' },
    ],
  };
}

/** The checklist as it was filled in, from the first question to the last. */
export function walkedPreparation(interview: Interview, { version, officer }: Known) {
  const given = { by: officer, at: anInstant, before: null };
  const said = (state: string, words: string | null = null) => ({ ...given, state, words });
  const aloud = { interpreted: false, language: 'kk', under: null, words: null, ...given };
  const reading = (rule: string, what: string, to: string, state: 'read' | 'in-recording') => ({
    ...{ rule, what, to, text: expect.any(String), confirmed: expect.any(Boolean) },
    answer: { ...aloud, state, read_by: state === 'read' ? 'officer' : null },
  });
  const still = (source: string) => ({
    ...{ source, place: source, file: `attachments/still-${source}.jpg`, sha256: hex, taken_at: anInstant },
    ...{ confirmed_by: officer, confirmed_at: anInstant },
  });
  const expected: Readonly<Record<keyof EvidencePreparation, unknown>> = {
    format: 'birret-preparation-1',
    exhibit: interview.exhibit,
    interview: interview.id,
    language: 'kk',
    rules: { id: 'kz', version },
    made_at: anInstant,
    taken_over_from: null,
    room_check: { at: anInstant, by: officer, light: expect.any(String), today: true },
    stills: [still('face'), still('room')],
    people: interview.participants.map(({ code, capacity, place }) => ({ code, capacity, place, state: 'here' })),
    missing: [],
    wellbeing: {
      ...{ tired: said('yes', 'slept badly'), fed: said('yes'), medication: said('no') },
      fears: said('not-asked'),
    },
    called: { state: 'told', commitment: hex, by: officer, at: anInstant },
    needs: { language: said('none'), disability: said('none'), aids: said('none') },
    readings: [
      reading('opening-statement', 'opening', 'present', 'in-recording'),
      reading('remind-of-truth', 'reminder', 'child', 'read'),
      reading('right-not-to-testify-against-close-ones', 'right', 'child', 'read'),
      reading('right-to-own-language', 'right', 'child', 'read'),
      reading('right-to-a-break', 'right', 'child', 'read'),
      reading('right-to-remarks', 'right', 'present', 'read'),
    ],
  };
  return expected;
}

/** What stands in the custody log of this exhibit, and in which role it was done, in order. */
export const walkedActs = [
  ['interview.planned', 'investigator'],
  ['question.sent', 'investigator'],
  ['question.accepted', 'investigator'],
  ['interview.prepared', 'investigator'],
  ['observers.admitted', 'investigator'],
  ['screen.connected', 'observer'],
  ['observers.connected', 'observer'],
  ['observers.admitted', 'investigator'],
  ['screen.connected', 'observer'],
  ['observers.connected', 'observer'],
  ['screen.offered', 'investigator'],
  ['screen.connected', 'interviewer'],
  ['screen.offered', 'investigator'],
  ['screen.connected', 'child'],
  ['recording.requested', 'investigator'],
  ['recording.started', 'investigator'],
  ['attachment.kept', 'investigator'],
  ['question.sent', 'observer'],
  ['question.accepted', 'investigator'],
  ['question.asked', 'interviewer'],
  ['question.asked', 'interviewer'],
  ['question.sent', 'observer'],
  ['question.sent', 'observer'],
  ['question.reworded', 'investigator'],
  ['question.declined', 'investigator'],
  ['question.asked', 'interviewer'],
  ['question.sent', 'observer'],
  ['question.accepted', 'investigator'],
  ['question.sent', 'observer'],
  ['interview.limit-exceeded', 'investigator'],
  ['question.not-asked', 'investigator'],
  ['question.not-asked', 'investigator'],
  ['recording.ended', 'investigator'],
  ['attachment.kept', 'investigator'],
  ['attachment.kept', 'investigator'],
  ['attachment.kept', 'investigator'],
  ['exhibit.sealed', 'investigator'],
  ['timestamp.deferred', 'investigator'],
  ['protocol.opened', 'investigator'],
  ['supplement.added', 'investigator'],
  ['protocol.filed', 'investigator'],
  ['label.made', 'investigator'],
  ['bag.exported', 'investigator'],
];

/** Events that the recorder writes of the machine, not of what people did. */
export const isOfEquipment = (action: string) => /^(source|target|alarm|clock|sleep)\./.test(action);
