import { Button, FileButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cue, TRANSCRIPT_BYTES } from '../../shared/domain/transcript.ts';
import { type NotRead, type ReadTranscript, readTranscript } from '../../shared/domain/transcriptRead.ts';

interface ImportProps {
  /** Nothing is typed yet: what is imported is all there is. */
  readonly empty: boolean;
  readonly onImport: (cues: readonly Cue[]) => void;
}

/** How many faults are told one by one; a file with more of them is better looked at itself. */
const TOLD = 12;

/** Reads a WebVTT, SubRip or text file here, on this screen, and says by line what was not right with it. */
export function ImportTranscript({ empty, onImport }: ImportProps) {
  const { t } = useTranslation('closing');
  const [read, setRead] = useState<ReadTranscript | NotRead | null>(null);
  const take = async (file: File | null) => {
    if (file === null) return;
    // A film chosen by mistake is not read into memory to find that out.
    const got =
      file.size > 4 * TRANSCRIPT_BYTES ? 'too-large' : readTranscript(new Uint8Array(await file.arrayBuffer()));
    setRead(got);
    if (typeof got !== 'string') onImport(got.cues);
  };
  return (
    <>
      <div className="br-chips">
        <FileButton onChange={(file) => void take(file)} accept=".vtt,.srt,.txt,text/vtt,text/plain">
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileImport aria-hidden size={18} />}>
              {empty ? t('import.act') : t('import.more')}
            </Button>
          )}
        </FileButton>
      </div>
      {read === null ? null : typeof read === 'string' ? (
        <p className="br-note" role="alert" data-code={read}>
          {t(`import.refused.${read}`)}
        </p>
      ) : (
        <div className="br-note" role="status">
          <p>{t('import.read', { count: read.cues.length, form: t(`import.form.${read.form}`) })}</p>
          {read.encoding === 'utf-8' ? null : <p>{t(`import.encoding.${read.encoding}`)}</p>}
          {read.faults.length === 0 ? null : (
            <>
              <p>{t('import.faults', { count: read.faults.length })}</p>
              <ul>
                {read.faults.slice(0, TOLD).map(({ line, what, said }) => (
                  <li key={`${line} ${what}`}>
                    {t('import.line', { line, what: t(`import.fault.${what}`) })} <code>{said}</code>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </>
  );
}
