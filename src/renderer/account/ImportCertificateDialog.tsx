import { FileInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { FormDialog, PasswordField, useAct } from '../ui/index.ts';

export interface ImportCertificateDialogProps {
  readonly onClose: () => void;
  readonly imported: () => void;
}

/** A key file of another authority and its password, in place of the certificate so far. */
export function ImportCertificateDialog({ onClose, imported }: ImportCertificateDialogProps) {
  const { t } = useTranslation('account');
  const station = useStation();
  const [file, setFile] = useState<File | null>(null);
  const [password, setPassword] = useState('');
  const bring = useAct(async () => {
    if (file === null) return;
    await station.accounts.importCertificate({ file: await base64Of(file), password });
    imported();
    onClose();
  });
  return (
    <FormDialog
      title={t('import.title')}
      onClose={onClose}
      submit={t('import.submit')}
      onSubmit={() => void bring.run()}
      busy={bring.busy}
      trouble={bring.trouble}
      ready={file !== null}
    >
      <p className="br-soft">{t('import.text')}</p>
      <FileInput
        label={t('import.file')}
        placeholder={t('import.choose')}
        accept=".p12,.pfx"
        value={file}
        onChange={(chosen) => {
          bring.clear();
          setFile(chosen);
        }}
      />
      <PasswordField
        label={t('import.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
      />
    </FormDialog>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
