import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesktop } from '../app/desktop.ts';
import { useFormat } from '../ui/index.ts';

export interface RecoverySheetProps {
  readonly part: 1 | 2;
  readonly text: string;
  readonly recipient: string;
  readonly fingerprint: string;
  readonly name: string;
  readonly court: string;
  readonly next: () => void;
}

/** One half of the recovery key as a sheet of paper: on screen as it is printed, alone on its page. */
export function RecoverySheet({ part, text, recipient, fingerprint, name, court, next }: RecoverySheetProps) {
  const { t } = useTranslation('entry');
  const { date } = useFormat();
  const desktop = useDesktop();
  const [made] = useState(() => new Date());
  return (
    <div className="br-form">
      <p className="br-note br-noprint">
        {t('recovery.why')} {t(`recovery.sheetText${part}`)}
      </p>
      <article className="br-sheet" aria-label={t('recovery.sheet', { part })}>
        <h2>{t('recovery.sheet', { part })}</h2>
        <p className="br-soft">
          {t('recovery.of', { name, court })} · {t('recovery.made', { date: date(made) })}
        </p>
        <p className="br-sheet-key" data-part={part}>
          {text.split(/\s+/).map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups of one text, in its order, never rearranged
            <span key={index}>{group} </span>
          ))}
        </p>
        <p>{t('recovery.kept')}</p>
        <p>{t('recovery.use')}</p>
        <p className="br-soft br-sheet-small">{t('recovery.recipient', { recipient })}</p>
        <p className="br-soft br-sheet-small">
          {t('recovery.root')}: {fingerprint}
        </p>
      </article>
      <div className="br-form-end br-noprint">
        <Button
          variant="default"
          leftSection={<IconPrinter aria-hidden size={18} />}
          onClick={() => void desktop.print()}
        >
          {t('recovery.print', { part })}
        </Button>
        <Button onClick={next}>{t(`recovery.next${part}`)}</Button>
      </div>
    </div>
  );
}
