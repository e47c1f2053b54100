import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import type { PreparationSection } from '../../shared/domain/preparation.ts';
import { Panel, StateChip } from '../ui/index.ts';

const idOf = (section: PreparationSection) => `preparation-${section}`;

/** Brings a part into sight, and the focus with it. */
export function goToSection(section: PreparationSection): void {
  const part = document.getElementById(idOf(section));
  part?.scrollIntoView({ block: 'start' });
  part?.focus({ preventScroll: true });
}

export interface PartOfProps {
  readonly view: PreparationView;
  readonly section: PreparationSection;
  readonly children: ReactNode;
}

/** One part of the checklist with how far it is. */
export function PartOf({ view, section, children }: PartOfProps) {
  const { t } = useTranslation('preparation');
  const { done, of } = view.standing.sections.find((one) => one.section === section) ?? { done: 0, of: 0 };
  const chip = (
    <StateChip tone={done === of ? 'good' : 'quiet'}>{done === of ? t('done') : t('count', { done, of })}</StateChip>
  );
  return (
    <div id={idOf(section)} className="br-prep-part" tabIndex={-1}>
      <Panel title={t(`section.${section}`)} aside={chip}>
        {children}
      </Panel>
    </div>
  );
}
