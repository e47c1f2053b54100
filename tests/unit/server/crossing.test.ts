import { ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { crossing, inTheClosedList } from '../../../src/main/server/crossing.ts';
import { errorCodes, Refusal } from '../../../src/shared/errors.ts';
import { HeardLog } from '../../support/journey.ts';

const crossed = (error: unknown) => {
  const log = new HeardLog();
  const { code, status, message, data } = crossing(error, 'cases.create', log);
  return { code, status, message, data, log: log.lines };
};

describe('what crosses to a screen', () => {
  it.each(errorCodes.map((code) => [code]))('%s with its parameters and a status of its kind', (code) => {
    const { status, data, ...rest } = crossed(new Refusal(code, { at: 3 }));
    expect(rest).toMatchObject({ code, message: code });
    expect(data).toEqual({ params: { at: 3 } });
    expect(status === 500).toBe(code === 'INTERNAL');
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it('a wrong shape as REQUEST_MALFORMED, without what the parser said of it', () => {
    const error = new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data: { issues: ['password'] } });
    expect(crossed(error)).toMatchObject({ code: 'REQUEST_MALFORMED', data: { params: { at: 'cases.create' } } });
  });

  it.each([
    ['an exception', new TypeError('inner works')],
    ['an answer of the wrong shape', new ORPCError('INTERNAL_SERVER_ERROR', { message: 'inner works' })],
    ['a code of another list', new ORPCError('TEAPOT', { message: 'inner works', data: { secret: 1 } })],
    ['what is no error', 'inner works'],
    ['nothing', undefined],
  ])('%s as INTERNAL; the log alone has the rest', (_, error) => {
    const { log, ...answer } = crossed(error);
    expect(answer).toMatchObject({ code: 'INTERNAL', status: 500, data: { params: { at: 'cases.create' } } });
    expect(JSON.stringify(answer)).not.toMatch(/inner works|secret/);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatch(/^error failed/);
  });
});

describe('what goes wrong before any operation', () => {
  it('is REQUEST_MALFORMED, and the log quotes nothing of it', async () => {
    const log = new HeardLog();
    const parser = async () => JSON.parse('{"password":"hunter2') as unknown;
    await expect(inTheClosedList(log)({ next: parser })).rejects.toMatchObject({ code: 'REQUEST_MALFORMED' });
    expect(log.lines.join()).toContain('SyntaxError');
    expect(log.lines.join()).not.toContain('hunter2');
  });

  it('leaves codes of the list as they are', async () => {
    const own = crossing(new Refusal('TIE_REFUSED'), 'cases.get', new HeardLog());
    const next = () => Promise.reject(own);
    await expect(inTheClosedList(new HeardLog())({ next })).rejects.toBe(own);
    expect(await inTheClosedList(new HeardLog())({ next: async () => 7 })).toBe(7);
  });
});
