import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fill, reasonOf, signersOf, titleOf, visible } from '../../../shared/evidence/reportWords.ts';
import type { BagCheck, VerificationOutcome, VerificationResult } from '../../../shared/evidence/verification.ts';
import { words } from '../../../shared/i18n/index.ts';
import { useSettings } from '../../app/settings.ts';
import { SimulatedBadge, useFormat } from '../../ui/index.ts';
import { outsideCommands } from './outside.ts';

const shapes = { trusted: IconCircleCheck, unestablished: IconAlertTriangle, failed: IconCircleX } as const;
const tones: Readonly<Record<VerificationOutcome, string>> = { trusted: 'good', unestablished: 'warn', failed: 'lost' };

export interface VerificationResultViewProps {
  readonly result: VerificationResult;
  /** What was checked: a bag, or an exhibit where the station keeps it. The commands to repeat it differ. */
  readonly of: 'bag' | 'stored';
  readonly checkedAt: Date;
}

/** What a verification found: one sentence first, then what to bear in mind, then each check, then how to repeat it elsewhere. */
export function VerificationResultView({ result, of, checkedAt }: VerificationResultViewProps) {
  const { t } = useTranslation(['archive', 'verify']);
  const language = useSettings((settings) => settings.language);
  const text = words[language].verify;
  const { exact } = useFormat();
  const { summary, outcome } = result;
  const signers = signersOf(summary, text);
  const Shape = shapes[outcome];
  // What need not be there and is not stands among all checks; the remarks say what it would add.
  const notable = result.checks.filter(
    ({ status, mandatory }) => status === 'fail' || (status !== 'pass' && mandatory),
  );
  return (
    <div className="br-result">
      <div className="br-result-head" data-tone={tones[outcome]} role="status">
        <Shape aria-hidden size={30} stroke={1.7} />
        <div>
          {outcome === 'trusted' && summary.recorded_from !== null && signers !== null ? (
            <p className="br-result-says">
              {t('result.exact', {
                recorded: exact(summary.recorded_from),
                signers,
                interpolation: { escapeValue: false },
              })}
            </p>
          ) : null}
          <p className={outcome === 'trusted' ? undefined : 'br-result-says'}>{text.outcome[outcome]}</p>
          <p className="br-soft br-num">
            {t('result.checkedAt', { at: exact(checkedAt) })}
            {' · '}
            {fill(text.heading.counts, {
              passed: summary.passed,
              failed: summary.failed,
              not_checked: summary.not_checked,
            })}
          </p>
        </div>
      </div>
      {summary.simulated ? (
        <div>
          <SimulatedBadge />
        </div>
      ) : null}
      <Summary result={result} />
      {notable.length > 0 ? <Checks checks={notable} /> : null}
      {summary.remarks.length === 0 ? null : (
        <section>
          <h3>{text.heading.remarks}</h3>
          <ul className="br-result-remarks">
            {summary.remarks.map((remark) => (
              <li key={remark}>{text.remark[remark]}</li>
            ))}
          </ul>
        </section>
      )}
      <details>
        <summary>{t('result.all', { count: result.checks.length })}</summary>
        <Checks checks={result.checks} />
      </details>
      <details>
        <summary>{t('result.outside')}</summary>
        <p className="br-soft">{of === 'bag' ? t('result.outsideText') : t('result.storedText')}</p>
        <pre className="br-result-commands">{outsideCommands(result, of).join('\n')}</pre>
        {of === 'bag' ? <p className="br-soft">{t('result.outsideAge')}</p> : null}
      </details>
    </div>
  );
}

function Summary({ result: { summary } }: { readonly result: VerificationResult }) {
  const language = useSettings((settings) => settings.language);
  const { exact } = useFormat();
  const text = words[language].verify;
  const { heading } = text;
  const at = (instant: string | null) =>
    instant === null || Number.isNaN(Date.parse(instant)) ? heading.unknown : exact(instant);
  const said = (value: string | null) => (value === null ? heading.unknown : visible(value));
  return (
    <dl className="br-facts">
      <dt>{heading.exhibit}</dt>
      <dd className="br-num">{said(summary.exhibit)}</dd>
      <dt>{heading.case}</dt>
      <dd>{said(summary.case_number)}</dd>
      <dt>{heading.court}</dt>
      <dd>{said(summary.court)}</dd>
      <dt>{heading.recorded}</dt>
      <dd className="br-num">{at(summary.recorded_from)}</dd>
      <dt>{heading.sealed}</dt>
      <dd className="br-num">{at(summary.sealed_at)}</dd>
      <dt>{heading.signed}</dt>
      <dd>{signersOf(summary, text) ?? heading.unknown}</dd>
    </dl>
  );
}

const marks = { pass: IconCircleCheck, fail: IconCircleX, 'not-checked': IconCircleMinus } as const;

function Checks({ checks }: { readonly checks: readonly BagCheck[] }) {
  const language = useSettings((settings) => settings.language);
  const text = words[language].verify;
  return (
    <ul className="br-checks">
      {checks.map((check) => {
        const Mark = marks[check.status];
        const reasons = check.status === 'pass' ? [] : [check.reason, ...check.details];
        return (
          <li key={check.name} data-status={check.status}>
            <Mark size={20} stroke={1.8} aria-hidden />
            <div>
              <div>
                {titleOf(check.name, text)} <span className="br-soft">· {text.status[check.status]}</span>
              </div>
              {reasons.map((reason, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: findings of one check have no other name and never move
                <div className="br-soft" key={index}>
                  {reasonOf(reason, text)}
                </div>
              ))}
              <div className="br-check-name">{visible(check.name)}</div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
