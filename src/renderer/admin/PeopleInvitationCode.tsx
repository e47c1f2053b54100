import { Button, CopyButton, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface PeopleInvitationCodeProps {
  readonly name: string;
  readonly code: string;
  readonly onClose: () => void;
}

/** The one-time code of an invitation, shown once: it goes away only by saying that it was handed over. */
export function PeopleInvitationCode({ name, code, onClose }: PeopleInvitationCodeProps) {
  const { t } = useTranslation(['admin', 'common']);
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={t('invite.codeTitle', { name })}
      classNames={{ title: 'br-dialog-title' }}
    >
      <div className="br-form">
        <p className="br-code" data-invitation>
          {code}
        </p>
        <p className="br-soft">{t('invite.codeText')}</p>
        <div className="br-form-end">
          <CopyButton value={code}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('common:copied') : t('common:copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('invite.done')}</Button>
        </div>
      </div>
    </Modal>
  );
}
