import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Language } from '../../shared/contract/common.ts';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import { languages } from '../../shared/i18n/index.ts';
import { useStation } from '../app/client.ts';
import { useSettings } from '../app/settings.ts';
import { FormDialog, PathField, useAct } from '../ui/index.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}\.pdf$/;

export interface CertificateDialogProps {
  readonly exhibit: Exhibit;
  readonly onClose: () => void;
  readonly onStarted: (job: string) => void;
}

/** In which language, and where to: a paper is in the language of its case unless the person wants another. */
export function CertificateDialog({ exhibit, onClose, onStarted }: CertificateDialogProps) {
  const { t } = useTranslation(['certificate', 'common']);
  const station = useStation();
  const own = useSettings((settings) => settings.language);
  const spoken = Language.safeParse(exhibit.language);
  const [language, setLanguage] = useState<Language>(spoken.success ? spoken.data : own);
  const [folder, setFolder] = useState('');
  const [name, setName] = useState('');
  const typed = name.trim();
  const nameWrong = typed !== '' && !NAME.test(typed);
  const start = useAct(async () => {
    const { number } = exhibit;
    const started = await station.archive.certify({
      exhibit: number,
      language,
      folder: folder.trim(),
      name: typed === '' ? null : typed,
    });
    onStarted(started.job);
  });
  return (
    <FormDialog
      title={t('panel.title')}
      size="lg"
      onClose={onClose}
      submit={t('dialog.start')}
      onSubmit={() => void start.run()}
      busy={start.busy}
      trouble={start.trouble}
      ready={folder.trim() !== '' && !nameWrong}
    >
      <div>
        <p className="br-soft" id="certificate-language">
          {t('dialog.language')}
        </p>
        <SegmentedControl
          aria-labelledby="certificate-language"
          value={language}
          onChange={(chosen) => setLanguage(Language.parse(chosen))}
          data={languages.map(({ id, name: said }) => ({ value: id, label: said }))}
        />
      </div>
      <PathField label={t('dialog.folder')} what="folder" value={folder} onChange={setFolder} />
      <TextInput
        label={t('dialog.name')}
        description={t('dialog.nameHint', { name: `${exhibit.number}-${language}.pdf` })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={nameWrong ? t('dialog.nameWrong') : null}
        spellCheck={false}
        autoComplete="off"
      />
      <p className="br-soft">{t('dialog.refused')}</p>
    </FormDialog>
  );
}
