import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface RescueInvitationProps {
  readonly name: string;
  readonly code: string;
  readonly accept: (code: string) => void;
}

/** The code with which the new administrator begins, shown once; it is used here and now. */
export function RescueInvitation({ name, code, accept }: RescueInvitationProps) {
  const { t } = useTranslation(['entry', 'common']);
  return (
    <div className="br-form" role="status">
      <h1>{t('rescue.invited.title', { name })}</h1>
      <p className="br-code" data-invitation>
        {code}
      </p>
      <p className="br-soft">{t('rescue.invited.text')}</p>
      <Button size="lg" onClick={() => accept(code)} autoFocus>
        {t('rescue.invited.use')}
      </Button>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Button variant="subtle" onClick={copy}>
            {copied ? t('common:copied') : t('common:copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
