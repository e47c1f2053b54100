import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Measure, nearness, type TimeGuard, unreasoned } from '../../shared/domain/timeGuard.ts';
import { StateChip, useFormat } from '../ui/index.ts';
import { useLimitWords } from './useLimitWords.ts';

export interface TimeLimitsProps {
  readonly guard: TimeGuard;
  /** Asks for the reason of going on; null for those who only watch. */
  readonly onReason: (() => void) | null;
}

/**
 * How long this child was questioned today, and since the last break, against the rules' limits; ahead of a limit and beyond
 * it in words. Nothing here stops a recording: beyond a limit it asks for the reason.
 */
export function TimeLimits({ guard, onReason }: TimeLimitsProps) {
  const { t } = useTranslation('interview');
  const words = useLimitWords();
  const open = unreasoned(guard);
  const said = words.ahead(guard);
  return (
    <div className="br-limits">
      <dl>
        <Row measure={guard.day} />
        <Row measure={guard.run} />
      </dl>
      <div className="br-limits-said">
        <div role="status">
          {said === null ? null : <StateChip tone={open.length > 0 ? 'warn' : said.tone}>{said.words}</StateChip>}
        </div>
        {open.length === 0 || onReason === null ? null : (
          <Button size="compact-md" onClick={onReason}>
            {t('limits.act')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Row({ measure }: { readonly measure: Measure }) {
  const { t } = useTranslation('interview');
  const { duration } = useFormat();
  const { which, usedMs, limitMs } = measure;
  const used = duration(usedMs);
  return (
    <div className="br-limit" data-near={nearness(measure)}>
      <dt>{t(`limits.${which}`)}</dt>
      <dd className="br-num">
        {limitMs === null ? t('limits.none', { used }) : t('limits.of', { used, limit: duration(limitMs) })}
      </dd>
    </div>
  );
}
