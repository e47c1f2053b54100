import { describe, expect, it } from 'vitest';
import { buildRecord, type RecordInput } from '../../../src/main/sealing/index.ts';
import { parseCanonical } from '../../../src/shared/domain/canonical.ts';

const HASH = 'a'.repeat(64);
const input: RecordInput = {
  exhibit: 'st1-2026-000001',
  case: { number: '26-1', court: 'Алматы', jurisdiction: { id: 'kz', version: '1' } },
  interview: {
    id: 'i1',
    kind: 'deposition',
    language: 'kk',
    room: 'Room 1',
    station: 'st1',
    planned_at: '2026-11-21T10:00:00.000Z',
    started_at: '2026-11-21T10:14:00.000Z',
    ended_at: '2026-11-21T10:15:00.000Z',
    sealed_at: '2026-11-21T10:15:00.400Z',
  },
  child: { code: 'C-1', age_years: 9, role: 'witness', identity_commitment: HASH },
  roster: [],
  tracks: [
    {
      id: 'room',
      kind: 'video',
      source: { label: 'Room view', device_kind: 'lavfi', simulated: true },
      media_type: 'video/mp4',
      codecs: 'avc1.42c01e',
      encoder: { command: 'ffmpeg', version: '5.1' },
      parts: [
        {
          file: 'tracks/room.mp4',
          bytes: 10,
          sha256: HASH,
          lines: 2,
          merkle_root: HASH,
          started_at: '2026-11-21T10:14:00.000Z',
          offset_ms: 0,
          duration_ms: 60000,
          end: 'stopped',
        },
      ],
      gaps: [],
    },
  ],
  timeline: [{ at_ms: 0, type: 'chapter', label: 'Сәлемдесу', phase: 'opening' }],
  clock: { source: 'unknown', offset_ms: null, checked_at: null },
  targets: { written: 2, confirmed_single_by: null },
  recovered: null,
  anchor: null,
  signers: [{ file: 'signatures/record.json.station.p7s', role: 'station', code: 'st1', cert_sha256: HASH }],
  log: { origin: 'birret/st1', vkey: 'v' },
  software: { name: 'Bir Ret', version: '0.1.0', commit: null },
  previous: [],
  attachments: [],
};

describe('the record', () => {
  it('is canonical, in NFC, and keeps what a timeline entry adds', () => {
    const decomposed = { ...input, case: { ...input.case, court: 'Бай'.normalize('NFD') } };
    const { record, bytes } = buildRecord(decomposed);
    expect(record.case.court).toBe('Бай'.normalize('NFC'));
    expect(parseCanonical(bytes)).toEqual(JSON.parse(bytes.toString()));
    expect(bytes.toString()).toContain('"phase":"opening"');
    expect(bytes.toString().startsWith('{"anchor":null,')).toBe(true);
  });

  const [track] = input.tracks;
  const [signer] = input.signers;
  it.each<[string, Partial<RecordInput>]>([
    ['a seal before the end', { interview: { ...input.interview, sealed_at: '2026-11-21T10:14:59.000Z' } }],
    ['a track twice', { tracks: track ? [track, track] : [] }],
    ['no track', { tracks: [] }],
    ['a fraction', { timeline: [{ at_ms: 0.5, type: 'marker', label: '' }] }],
    ['a fraction in a further field', { timeline: [{ at_ms: 1, type: 'marker', label: '', x: 0.5 }] }],
    ['no station among the signers', { signers: signer ? [{ ...signer, role: 'officer' }] : [] }],
    ['a signature file of another name', { signers: signer ? [{ ...signer, file: 'signatures/x.p7s' }] : [] }],
    ['a path that leaves the bag', { attachments: [{ file: '../x', media_type: 'a/b', sha256: HASH, title: '' }] }],
  ])('is refused with %s', (_what, change) => {
    expect(() => buildRecord({ ...input, ...change })).toThrow(/RECORD_INVALID/);
  });
});
