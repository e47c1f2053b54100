import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Language } from '../../shared/contract/common.ts';
import { languages } from '../../shared/i18n/index.ts';
import { FormDialog, PathField, useAct } from '../ui/index.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/;

export interface PaperRequest {
  readonly language: Language;
  readonly form: string;
  readonly folder: string;
  readonly name: string | null;
}

export interface PaperDialogProps {
  readonly title: string;
  /** Null where the paper has no language of its own. */
  readonly language: string | null;
  /** Ways in which it can be written, the usual one first; none where there is one only. */
  readonly forms: readonly { readonly value: string; readonly label: string }[];
  readonly onClose: () => void;
  readonly onStart: (request: PaperRequest) => Promise<unknown>;
}

/** In which language and form, and where to. */
export function PaperDialog({ title, language: spoken, forms, onClose, onStart }: PaperDialogProps) {
  const { t } = useTranslation('closing');
  const parsed = Language.safeParse(spoken);
  const [language, setLanguage] = useState<Language>(parsed.success ? parsed.data : 'kk');
  const [form, setForm] = useState(forms[0]?.value ?? '');
  const [folder, setFolder] = useState('');
  const [name, setName] = useState('');
  const typed = name.trim();
  const wrong = typed !== '' && !NAME.test(typed);
  const start = useAct(() => onStart({ language, form, folder: folder.trim(), name: typed === '' ? null : typed }));
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      submit={t('paper.write')}
      onSubmit={() => void start.run()}
      busy={start.busy}
      trouble={start.trouble}
      ready={folder.trim() !== '' && !wrong}
      size="lg"
    >
      {spoken === null ? null : (
        <div>
          <p className="br-soft" id="paper-language">
            {t('paper.language')}
          </p>
          <SegmentedControl
            aria-labelledby="paper-language"
            value={language}
            onChange={(chosen) => setLanguage(Language.parse(chosen))}
            data={languages.map(({ id, name: said }) => ({ value: id, label: said }))}
          />
        </div>
      )}
      {forms.length < 2 ? null : (
        <div>
          <p className="br-soft" id="paper-form">
            {t('paper.form')}
          </p>
          <SegmentedControl aria-labelledby="paper-form" value={form} onChange={setForm} data={[...forms]} />
        </div>
      )}
      <PathField label={t('paper.folder')} what="folder" value={folder} onChange={setFolder} />
      <TextInput
        label={t('paper.name')}
        description={t('paper.nameHint')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong ? t('paper.nameWrong') : null}
        spellCheck={false}
        autoComplete="off"
      />
    </FormDialog>
  );
}
