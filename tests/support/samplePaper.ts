import { createHash } from 'node:crypto';
import type { PaperData } from '../../src/main/archive/certificate/data.ts';
import { EvidenceRecord } from '../../src/shared/evidence/record.ts';
import { VerificationResult } from '../../src/shared/evidence/verification.ts';

/** A digest that is plainly of this and nothing else. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const LENGTHS = { room: 2_710_480, face: 2_710_440, mic1: 2_710_512, mic2: 2_710_500 } as const;
const EXHIBIT = 'almaty1-2026-000017';

const certificate = (name: string, serial: string) => ({
  subject: `CN=${name}, O=Алматы қаласының кәмелетке толмағандардың істері жөніндегі мамандандырылған ауданаралық соты`,
  issuer: 'CN=Bir Ret station authority almaty1, O=Алматы қаласының кәмелетке толмағандардың істері жөніндегі соты',
  serial,
  sha256: digestOf(`certificate of ${name}`),
  from: '2026-10-01T00:00:00.000Z',
  until: '2029-10-01T00:00:00.000Z',
});

const record = EvidenceRecord.parse({
  format: 'birret-record/1',
  exhibit: EXHIBIT,
  case: {
    number: '7512-26-00-2/417',
    court: 'Алматы қаласының кәмелетке толмағандардың істері жөніндегі мамандандырылған ауданаралық соты',
    jurisdiction: { id: 'kz', version: '1' },
  },
  interview: {
    ...{ id: 'i1', kind: 'deposition', language: 'kk', room: 'r1', station: 'almaty1' },
    planned_at: '2026-11-21T05:00:00.000Z',
    started_at: '2026-11-21T05:14:03.120Z',
    ended_at: '2026-11-21T05:59:13.600Z',
    sealed_at: '2026-11-21T05:59:14.020Z',
  },
  child: { code: 'child-004', age_years: 9, role: 'victim', identity_commitment: digestOf('identity') },
  roster: [],
  tracks: Object.entries(LENGTHS).map(([id, duration_ms]) => ({
    id,
    kind: id.startsWith('mic') ? 'audio' : 'video',
    source: { label: `Source ${id}`, device_kind: 'camera', simulated: true },
    ...{ media_type: 'video/mp4', codecs: null, encoder: { command: 'ffmpeg', version: '7' }, gaps: [] },
    parts: [
      {
        ...{ file: `tracks/${id}.mp4`, bytes: 1_234_567_890, sha256: digestOf(`plain ${id}`), lines: 2712 },
        ...{ merkle_root: digestOf(`tree ${id}`), started_at: '2026-11-21T05:14:03.120Z', offset_ms: 0, duration_ms },
        end: 'stopped',
      },
    ],
  })),
  timeline: [{ at_ms: 1000, type: 'note', label: 'Құралайбекұзақова' }],
  clock: { source: 'ntp', offset_ms: 3, checked_at: '2026-11-21T05:00:00.000Z' },
  targets: { written: 2, disks: 2, confirmed_single_by: null },
  recovered: null,
  anchor: null,
  signers: [
    { file: 'signatures/record.json.station.p7s', role: 'station', code: 'station', cert_sha256: digestOf('s') },
    {
      file: 'signatures/record.json.investigator-2.p7s',
      role: 'officer',
      code: 'investigator-2',
      cert_sha256: digestOf('o'),
    },
  ],
  log: {
    origin: 'birret/almaty1/3f9a',
    vkey: 'birret/almaty1/3f9a+7a1b2c3d+AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/abcdefg',
  },
  software: { name: 'bir-ret', version: '0.1.0', commit: null },
  previous: [],
  attachments: [],
});

type Check = [name: string, status?: 'pass' | 'fail' | 'not-checked', code?: string, mandatory?: boolean];
const checked: Check[] = [
  ['record.canonical'],
  ['signature.record.json.station.p7s.valid'],
  ['signature.record.json.station.p7s.trusted'],
  ['signature.record.json.investigator-2.p7s.valid'],
  ['signature.record.json.investigator-2.p7s.trusted'],
  ['time.record.json.station.p7s'],
  ['time.record.json.investigator-2.p7s', 'not-checked', 'no-token', false],
  ['time.seal.checkpoint', 'not-checked', 'no-token', false],
  ['time.checkpoint', 'not-checked', 'no-token', false],
  ['time.order'],
  ['custody.seal-binding'],
  ...[1, 2].flatMap((disk): Check[] => [
    [`stored.${disk}`],
    ...Object.keys(LENGTHS).flatMap((id): Check[] =>
      ['parts', 'segments', 'merkle', 'heads'].map((check): Check => [`track.${id}.${check}.${disk}`]),
    ),
  ]),
  ['custody.log'],
];

/** A result with these checks; those of `more` take the place of the ones of the same name. */
function result(more: readonly Check[] = []): VerificationResult {
  const instead = new Map(more.map((check) => [check[0], check]));
  const checks = checked
    .map((check) => instead.get(check[0]) ?? check)
    .map(([name, status = 'pass', code = 'ok', mandatory = true]) => ({
      ...{ name, status, mandatory, details: [] },
      reason: { code, params: {} },
    }));
  const count = (status: string) => checks.filter((check) => check.status === status).length;
  const lacking = checks.some(({ status, mandatory }) => mandatory && status === 'not-checked');
  return VerificationResult.parse({
    format: 'birret-verification/1',
    outcome: lacking ? 'unestablished' : 'trusted',
    exitStatus: lacking ? 3 : 0,
    checks,
    summary: {
      ...{
        exhibit: EXHIBIT,
        case_number: null,
        court: null,
        recorded_from: null,
        recorded_until: null,
        sealed_at: null,
      },
      ...{ signers: [], simulated: true, recovered: false, tracks: 4, events: 12, remarks: [] },
      ...{ passed: count('pass'), failed: count('fail'), not_checked: count('not-checked') },
    },
  });
}

/** The data of a certificate of a deposition of 45 minutes with four tracks: made up, but whole. */
export function samplePaper(
  language: PaperData['language'],
  more: Partial<PaperData> & { readonly checks?: readonly Check[] } = {},
): PaperData {
  const { checks, ...rest } = more;
  const [station, officer] = record.signers;
  if (station === undefined || officer === undefined) throw new Error('two sign');
  return {
    language,
    at: '2026-11-24T04:31:09.000Z',
    timeZone: 'Asia/Almaty',
    software: 'bir-ret 0.1.0',
    station: { name: 'Алматы, 1-бөлме', court: record.case.court },
    maker: {
      name: 'Сәуле Қайратқызы Әбдірахманова',
      role: 'clerk',
      certificate: certificate('Сәуле Қайратқызы Әбдірахманова', '3f22b91a77c0d4e5'),
    },
    record,
    recordBytes: 18_402,
    recordSha256: digestOf('record.json'),
    stored: Object.fromEntries(Object.keys(LENGTHS).map((id) => [`tracks/${id}.mp4.age`, digestOf(`stored ${id}`)])),
    signatures: [
      {
        ...{ file: station.file, role: station.role, code: station.code },
        certificate: certificate('almaty1', '01a2b3c4d5e6f708'),
        signingTime: '2026-11-21T05:59:14.000Z',
        stamp: { time: '2026-11-21T05:59:17.000Z', authority: 'National Time-Stamping Authority', status: 'pass' },
      },
      {
        ...{ file: officer.file, role: officer.role, code: officer.code },
        certificate: certificate('Данияр Нұрланұлы Өтегенов', '5c6d7e8f90a1b2c3'),
        signingTime: '2026-11-21T05:59:14.000Z',
        stamp: null,
      },
    ],
    sealStamp: null,
    anchorStamp: null,
    roots: [digestOf('root')],
    log: {
      origin: 'birret/almaty1/3f9a',
      vkey: record.log.vkey,
      head: { size: 1243, root: Buffer.from(digestOf('head'), 'hex').toString('base64') },
      seal: { size: 1101, root: Buffer.from(digestOf('seal'), 'hex').toString('base64') },
    },
    witnesses: [
      { name: 'Прокуратура города', size: 1190, at: '2026-11-23T09:00:00.000Z' },
      { name: 'ҒЫЛЫМИ ОРТАЛЫҚ «ҮШ ТЕҢ»', size: 1203, at: '2026-11-23T10:00:00.000Z' },
    ],
    verification: result(checks),
    verifiedAt: '2026-11-24T04:31:09.000Z',
    ...rest,
  };
}
