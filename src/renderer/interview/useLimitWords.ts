import { useTranslation } from 'react-i18next';
import { type Measure, nearness, type TimeGuard } from '../../shared/domain/timeGuard.ts';
import { useFormat } from '../ui/index.ts';

interface Said {
  readonly tone: 'quiet' | 'warn';
  readonly words: string;
}

/** What is said of the limits: the graver of the two, whole minutes ahead, so that it changes seldom. */
export function useLimitWords(): { readonly ahead: (guard: TimeGuard) => Said | null } {
  const { t } = useTranslation('interview');
  const { duration } = useFormat();
  const whole = (ms: number) => duration(Math.ceil(ms / 60_000) * 60_000);
  const ofOne = (measure: Measure, guard: TimeGuard): Said | null => {
    const { which, usedMs, limitMs, reasoned } = measure;
    if (limitMs === null) return null;
    const breakMinutes = guard.breakMinutes;
    const length =
      which === 'run' && breakMinutes !== null ? ` ${t('limits.breakLasts', { minutes: breakMinutes })}` : '';
    switch (nearness(measure)) {
      case 'none':
      case 'far':
        return null;
      case 'soon':
      case 'near':
        return { tone: 'quiet', words: t(`limits.ahead.${which}`, { left: whole(limitMs - usedMs) }) + length };
      case 'over':
        return {
          tone: reasoned ? 'quiet' : 'warn',
          words: (reasoned ? t(`limits.reasoned.${which}`) : t(`limits.over.${which}`)) + (reasoned ? '' : length),
        };
    }
  };
  return {
    ahead: (guard) => {
      if (guard.pause !== null) return null;
      const said = [guard.run, guard.day].flatMap((one) => ofOne(one, guard) ?? []);
      return said.find(({ tone }) => tone === 'warn') ?? said[0] ?? null;
    },
  };
}
