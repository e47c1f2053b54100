import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../interview/QrCode.tsx';

export interface CarriedTextProps {
  readonly text: string;
  /** What the file is to be called. */
  readonly file: string;
  /** What it is, for the QR code's name and above the text. */
  readonly label: string;
}

/** Something to be carried to another station: as a file, as a QR code, or by the clipboard. */
export function CarriedText({ text, file, label }: CarriedTextProps) {
  const { t } = useTranslation(['witness', 'common']);
  return (
    <div className="br-carried">
      <QrCode text={text} label={label} />
      <div className="br-form">
        <p>{label}</p>
        <pre className="br-carried-text">{text}</pre>
        <div className="br-carried-acts">
          <Button component="a" href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download={file}>
            {t('saveFile')}
          </Button>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('common:copied') : t('common:copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      </div>
    </div>
  );
}
