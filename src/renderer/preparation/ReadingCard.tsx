import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreparationReading } from '../../shared/contract/preparation.ts';
import { useSettings } from '../app/settings.ts';
import type { Checklist } from './checklistPart.ts';
import { ReadingAnswer } from './ReadingAnswer.tsx';

interface ReadingCardProps {
  readonly list: Checklist;
  readonly reading: PreparationReading;
  /** The words as they are said now. */
  readonly text: string;
  readonly children?: ReactNode;
}

/** Something that is read aloud, large, with what became of it. */
export function ReadingCard({ list, reading, text, children }: ReadingCardProps) {
  const { t } = useTranslation('preparation');
  const language = useSettings((settings) => settings.language);
  return (
    <article className="br-prep-reading" data-rule={reading.rule}>
      <header className="br-soft">
        {t(`reading.${reading.what}`)}, {t(`reading.${reading.to}`)}
      </header>
      <p className="br-prep-aloud" lang={reading.language}>
        {text}
      </p>
      {reading.language === list.view.interview.language ? null : (
        <p className="br-soft">{t('reading.otherLanguage')}</p>
      )}
      {children}
      <ReadingAnswer list={list} reading={reading} />
      {reading.confirmed ? null : (
        <details className="br-prep-basis br-soft">
          <summary>
            <IconInfoCircle aria-hidden size={16} /> {t('reading.unconfirmed')}
          </summary>
          <p>
            {t('reading.source')}: {reading.source[language]}
          </p>
          {reading.note === null ? null : <p>{reading.note[language]}</p>}
        </details>
      )}
    </article>
  );
}
