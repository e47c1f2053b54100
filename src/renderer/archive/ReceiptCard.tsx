import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../shared/contract/exhibits.ts';
import { useDesktop } from '../app/desktop.ts';
import { Panel, StateChip, useFormat } from '../ui/index.ts';
import { usePersonName } from './usePersonName.ts';

/** The receipt of the hand-over; alone on the sheet when the page is printed. */
export function ReceiptCard({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation('archive');
  const { exact } = useFormat();
  const desktop = useDesktop();
  const named = usePersonName();
  return (
    <div className="br-receipt">
      <Panel
        title={t('receipt.title')}
        aside={receipt.signed ? <StateChip tone="good">{t('receipt.signed')}</StateChip> : null}
      >
        <dl className="br-facts">
          <dt>{t('receipt.number')}</dt>
          <dd className="br-num">{receipt.number}</dd>
          <dt>{t('exhibit.number')}</dt>
          <dd className="br-num">{receipt.exhibit}</dd>
          <dt>{t('receipt.at')}</dt>
          <dd className="br-num">{exact(receipt.at)}</dd>
          <dt>{t('receipt.given')}</dt>
          <dd>{named(receipt.givenBy)}</dd>
          <dt>{t('receipt.taken')}</dt>
          <dd>{named(receipt.takenBy)}</dd>
          <dt>{t('receipt.checks')}</dt>
          <dd className="br-num">{t('receipt.counts', receipt.checks)}</dd>
          <dt>{t('receipt.digest')}</dt>
          <dd className="br-figures">{receipt.recordSha256}</dd>
        </dl>
        <div className="br-noprint">
          <Button
            variant="default"
            leftSection={<IconPrinter aria-hidden size={18} />}
            onClick={() => void desktop.print()}
          >
            {t('receipt.print')}
          </Button>
        </div>
      </Panel>
    </div>
  );
}
