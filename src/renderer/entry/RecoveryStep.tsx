import { useEffect, useState } from 'react';
import { RecoveryCheck } from './RecoveryCheck.tsx';
import { RecoverySheet } from './RecoverySheet.tsx';
import type { SetUpForm } from './setUpForm.ts';

export interface RecoveryStepProps {
  readonly form: SetUpForm;
  readonly result: {
    readonly recovery: { readonly part1: string; readonly part2: string; readonly recipient: string };
    readonly rootFingerprint: string;
  };
  readonly finish: () => void;
}

/** The recovery key: sheet 1, then sheet 2, never both in sight or on one page; then what is on the paper is checked. */
export function RecoveryStep({ form, result, finish }: RecoveryStepProps) {
  const [at, setAt] = useState<1 | 2 | 'check'>(1);
  const { part1, part2, recipient } = result.recovery;
  useEffect(() => {
    // The key is nowhere else: a window that closes now would lose it for ever, so the browser asks first.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  if (at === 'check') {
    return <RecoveryCheck part1={part1} part2={part2} show={setAt} finish={finish} />;
  }
  return (
    <RecoverySheet
      key={at}
      part={at}
      text={at === 1 ? part1 : part2}
      recipient={recipient}
      fingerprint={result.rootFingerprint}
      name={form.name}
      court={form.court}
      next={() => setAt(at === 1 ? 2 : 'check')}
    />
  );
}
