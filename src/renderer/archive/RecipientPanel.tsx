import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Asking, Panel, useAsk } from '../ui/index.ts';

/** The key to which others encrypt bags for this court. */
export function RecipientPanel() {
  const { t } = useTranslation('archive');
  const asked = useAsk('recipient', (station) => station.archive.recipient());
  return (
    <Panel title={t('recipient.title')}>
      <p className="br-soft">{t('recipient.text')}</p>
      <Asking asked={asked}>
        {({ recipient }) => (
          <div className="br-recipient">
            <code className="br-figures">{recipient}</code>
            <CopyButton value={recipient}>
              {({ copied, copy }) => (
                <Button variant="default" size="compact-md" onClick={copy}>
                  {copied ? t('recipient.copied') : t('recipient.copy')}
                </Button>
              )}
            </CopyButton>
          </div>
        )}
      </Asking>
    </Panel>
  );
}
