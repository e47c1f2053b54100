import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { NextStep, SentenceError, StateChip, useAct, useFormat } from '../ui/index.ts';

type Result = Awaited<ReturnType<ReturnType<typeof useStation>['custody']['check']>>;

/** Has the station recompute the log, and says in words what came of it. */
export function LogCheck() {
  const { t } = useTranslation('log');
  const station = useStation();
  const { exact } = useFormat();
  const [result, setResult] = useState<{ readonly of: Result; readonly at: Date } | null>(null);
  const check = useAct(async () => setResult({ of: await station.custody.check(), at: new Date() }));
  const title = result === null ? t('check.title') : result.of.whole ? t('check.whole') : t('check.broken');
  return (
    <>
      <NextStep
        title={title}
        text={
          result?.of.problem === null || result?.of.problem === undefined
            ? t('check.text')
            : t('check.problem', { problem: result.of.problem })
        }
        chips={
          result === null ? undefined : (
            <>
              <StateChip tone={result.of.whole ? 'good' : 'lost'}>
                {result.of.whole ? t('check.whole') : t('check.broken')}
              </StateChip>
              <StateChip tone="quiet">{exact(result.at)}</StateChip>
              <span className="br-soft">
                {t('check.size', { count: result.of.size })} · {t('check.root')} <code>{result.of.root}</code>
              </span>
              {result.of.earlier.map(({ origin, size }) => (
                <span className="br-soft" key={origin}>
                  {t('check.earlier', { origin, count: t('check.size', { count: size }) })}
                </span>
              ))}
            </>
          )
        }
        act={{ label: t('check.act'), run: () => void check.run(), busy: check.busy }}
      />
      <SentenceError trouble={check.trouble} />
    </>
  );
}
