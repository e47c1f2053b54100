import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DerivedCopy } from '../../shared/contract/copies.ts';
import { StateChip, useFormat } from '../ui/index.ts';

export interface CopyRowProps {
  readonly copy: DerivedCopy;
  readonly busy: boolean;
  readonly onPlay: () => void;
  readonly onGive: () => void;
  readonly onDelete: () => void;
}

/** One copy: which, whose, for whom, how long, and what can be done with it. */
export function CopyRow({ copy, busy, onPlay, onGive, onDelete }: CopyRowProps) {
  const { t } = useTranslation('copies');
  const { dateTime, duration, bytes } = useFormat();
  const name = t('item', { n: copy.n });
  const described = { 'aria-describedby': `copy-${copy.n}` };
  return (
    <li>
      <div id={`copy-${copy.n}`}>
        <strong>{name}</strong>
        <div className="br-soft">{t('made', { at: dateTime(copy.madeAt), who: copy.madeBy })}</div>
        <div className="br-soft">
          {t('size', { length: duration(copy.durationMs), size: bytes(copy.bytes) })}
          {copy.recipient === null ? null : ` · ${t('for', { recipient: copy.recipient })}`}
        </div>
        {copy.targets < copy.ofTargets ? <StateChip tone="warn">{t('oneDisk')}</StateChip> : null}
      </div>
      <Group gap="xs">
        <Button variant="default" size="compact-md" onClick={onPlay} loading={busy} {...described}>
          {t('play')}
        </Button>
        <Button variant="subtle" size="compact-md" onClick={onGive} {...described}>
          {t('give')}
        </Button>
        <Button variant="subtle" size="compact-md" onClick={onDelete} {...described}>
          {t('delete')}
        </Button>
      </Group>
    </li>
  );
}
