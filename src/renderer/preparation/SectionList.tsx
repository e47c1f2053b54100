import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import { ToInterview } from './NextPart.tsx';
import { goToSection } from './PartOf.tsx';

/** The parts of the checklist and how far each is: a way to each of them. */
export function SectionList({ view }: { readonly view: PreparationView }) {
  const { t } = useTranslation('preparation');
  return (
    <nav className="br-prep-list" aria-label={t('list')}>
      <ol>
        {view.standing.sections.map(({ section, done, of }) => (
          <li key={section}>
            <button
              type="button"
              aria-current={view.next === section ? 'step' : undefined}
              onClick={() => goToSection(section)}
            >
              {done === of ? (
                <IconCircleCheck aria-hidden size={20} className="br-prep-done" />
              ) : (
                <IconCircle aria-hidden size={20} />
              )}
              <span className="br-prep-name">{t(`section.${section}`)}</span>
              <span className="br-soft br-num">{done === of ? t('done') : t('count', { done, of })}</span>
            </button>
          </li>
        ))}
      </ol>
      {view.next === null ? <ToInterview interview={view.interview.id} /> : null}
    </nav>
  );
}
