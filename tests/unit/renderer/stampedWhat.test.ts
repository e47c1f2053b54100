import { expect, it } from 'vitest';
import { stampedWhat } from '../../../src/renderer/time/stampedWhat.ts';

it.each([
  ['signatures/record.json.station.p7s', { of: 'record', n: null, by: 'station' }],
  ['signatures/record.json.inv-01.p7s', { of: 'record', n: null, by: 'inv-01' }],
  ['supplements/1.json.station.p7s', { of: 'supplement', n: 1, by: 'station' }],
  ['supplements/12.json.clerk-2.p7s', { of: 'supplement', n: 12, by: 'clerk-2' }],
  // Never a raw name, whatever it is.
  ['supplements/0.json.station.p7s', { of: 'other', n: null, by: null }],
  ['signatures/anything.p7s', { of: 'other', n: null, by: null }],
] as const)('%s is told in words', (file, told) => {
  expect(stampedWhat(file)).toEqual(told);
});
