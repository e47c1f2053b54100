import type {
  BagCheck,
  VerificationOutcome,
  VerificationResult,
  VerificationSummary,
} from '../../shared/evidence/verification.ts';
import { type ReadBag, recordOf } from './bag.ts';
import { readSignature } from './checks/signatures.ts';
import type { ReadEvents } from './events.ts';

/** Puts the checks together: one that failed decides; then a mandatory one that did not pass; then all is well. */
export function concluded(bag: ReadBag, events: ReadEvents, checks: readonly BagCheck[]): VerificationResult {
  const outcome = outcomeOf(checks);
  return {
    format: 'birret-verification/1',
    outcome,
    exitStatus: exitStatusOf(outcome),
    checks: [...checks],
    summary: summaryOf(bag, events, checks),
  };
}

export function outcomeOf(checks: readonly BagCheck[]): VerificationOutcome {
  if (checks.some((check) => check.status === 'fail')) return 'failed';
  return checks.some((check) => check.mandatory && check.status !== 'pass') ? 'unestablished' : 'trusted';
}

function exitStatusOf(outcome: VerificationOutcome): VerificationResult['exitStatus'] {
  switch (outcome) {
    case 'trusted':
      return 0;
    case 'failed':
      return 1;
    case 'unestablished':
      return 3;
  }
}

function summaryOf(bag: ReadBag, events: ReadEvents, checks: readonly BagCheck[]): VerificationSummary {
  const record = recordOf(bag);
  const count = (status: BagCheck['status']): number => checks.filter((check) => check.status === status).length;
  const signers = (record?.signers ?? []).map(({ file, role, code }) => ({
    role,
    code,
    subject: readSignature(bag, `data/${file}`, 'data/record.json')?.signer?.commonName ?? null,
  }));
  return {
    exhibit: record?.exhibit ?? null,
    case_number: record?.case.number ?? null,
    court: record?.case.court ?? null,
    recorded_from: record?.interview.started_at ?? null,
    recorded_until: record?.interview.ended_at ?? null,
    sealed_at: record?.interview.sealed_at ?? null,
    signers,
    simulated: record?.tracks.some((track) => track.source.simulated) ?? false,
    recovered: record !== null && record.recovered !== null,
    tracks: record?.tracks.length ?? 0,
    events: 'problem' in events ? 0 : events.events.length,
    passed: count('pass'),
    failed: count('fail'),
    not_checked: count('not-checked'),
    remarks: remarksOf(bag, checks),
  };
}

/** What the person should know beside the outcome: above all what outside evidence would add (EVIDENCE-FORMAT §7). */
function remarksOf(bag: ReadBag, checks: readonly BagCheck[]): VerificationSummary['remarks'] {
  const record = recordOf(bag);
  const remarks: VerificationSummary['remarks'] = [];
  const because = (code: BagCheck['reason']['code']): boolean => checks.some((check) => check.reason.code === code);
  if (because('no-trust-given')) remarks.push('no-trust-given');
  if (because('no-time-trust-given')) remarks.push('no-time-trust-given');
  const stamped = checks.some(
    ({ name, status }) => /^time\.(?!order$|anchor$|supplements\/)/.test(name) && status === 'pass',
  );
  if (!stamped) remarks.push('no-outside-time');
  if (!checks.some(({ name, status }) => name === 'custody.witnesses' && status === 'pass')) remarks.push('no-witness');
  if (record?.tracks.some((track) => track.source.simulated) === true) remarks.push('simulated');
  if (record !== null && record.recovered !== null) remarks.push('recovered');
  return remarks;
}
