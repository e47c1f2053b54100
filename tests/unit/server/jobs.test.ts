import { describe, expect, it } from 'vitest';
import { type JobControl, Jobs } from '../../../src/main/server/jobs.ts';
import { Refusal } from '../../../src/shared/errors.ts';
import { HeardLog } from '../../support/journey.ts';
import { refusalOf } from '../../support/testStation.ts';
import { until } from '../../support/until.ts';

const ended = async (jobs: Jobs, job: string) =>
  await until('the job ends', () => {
    const state = jobs.state(job, 'owner');
    return state.state === 'running' ? null : state;
  });

describe('a job', () => {
  it('tells how far it is, and its result', async () => {
    const jobs = new Jobs(new HeardLog());
    const go = Promise.withResolvers<string>();
    let control: JobControl | undefined;
    const { job } = jobs.start('verify', 'owner', (given) => {
      control = given;
      return go.promise;
    });
    expect(jobs.running).toBe(true);
    expect(jobs.state(job, 'owner')).toMatchObject({ state: 'running', progress: null });
    for (const [said, told] of [
      [0.25, 0.25],
      [7, 1],
      [-1, 0],
    ] as const) {
      control?.progress(said);
      expect(jobs.state(job, 'owner').progress).toBe(told);
    }
    go.resolve('whole');
    expect(await ended(jobs, job)).toMatchObject({ state: 'done', progress: 1, result: 'whole', error: null });
    control?.progress(0.5);
    expect(jobs.state(job, 'owner').progress).toBe(1);
    expect(jobs.running).toBe(false);
  });

  it('is its owner’s alone', async () => {
    const jobs = new Jobs(new HeardLog());
    const { job } = jobs.start('export', 'owner', async () => 'done');
    for (const act of [
      () => jobs.state(job, 'another'),
      () => jobs.cancel(job, 'another'),
      () => jobs.state('x', 'owner'),
    ]) {
      expect(await refusalOf(act)).toBe('JOB_UNKNOWN');
    }
  });

  it('fails with a code, never with a stack', async () => {
    const log = new HeardLog();
    const jobs = new Jobs(log);
    const refused = jobs.start('import', 'owner', () =>
      Promise.reject(new Refusal('IMPORT_REFUSED', { check: 'bag' })),
    );
    expect(await ended(jobs, refused.job)).toMatchObject({
      state: 'failed',
      error: { code: 'IMPORT_REFUSED', params: { check: 'bag' } },
    });
    expect(log.lines).toEqual([]);
    const broken = jobs.start('import', 'owner', () => Promise.reject(new TypeError('inner works')));
    const state = await ended(jobs, broken.job);
    expect(state).toMatchObject({ state: 'failed', error: { code: 'INTERNAL', params: { at: 'import' } } });
    expect(JSON.stringify(state)).not.toContain('inner works');
    expect(log.lines.join()).toContain('inner works');
    // What throws before it could begin is a failed job too.
    const early = jobs.start('import', 'owner', () => {
      throw new Refusal('BAG_UNREADABLE');
    });
    expect(await ended(jobs, early.job)).toMatchObject({ state: 'failed', error: { code: 'BAG_UNREADABLE' } });
  });

  it('ends as cancelled when its work has let go', async () => {
    const jobs = new Jobs(new HeardLog());
    const patient = ({ signal }: JobControl) =>
      new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(new Error('let go'))));
    const { job } = jobs.start('export', 'owner', patient);
    jobs.cancel(job, 'owner');
    expect(await ended(jobs, job)).toMatchObject({ state: 'cancelled', error: null });
    const other = jobs.start('export', 'owner', patient);
    jobs.stop();
    expect(await ended(jobs, other.job)).toMatchObject({ state: 'cancelled' });
  });
});
