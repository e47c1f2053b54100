import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CaseSummary, Child } from '../../shared/contract/cases.ts';
import { EmptyState, Panel, useNames } from '../ui/index.ts';
import { IdentityDialog } from './IdentityDialog.tsx';

export interface ChildrenPanelProps {
  readonly of: CaseSummary;
  readonly mayAdd: boolean;
  readonly addChild: () => void;
}

/** The children of a case, by code. */
export function ChildrenPanel({ of, mayAdd, addChild }: ChildrenPanelProps) {
  const { t } = useTranslation(['cases', 'common']);
  const names = useNames();
  const [shown, setShown] = useState<Child | null>(null);
  const add = mayAdd ? (
    <Button variant="default" size="sm" onClick={addChild}>
      {t('children.add')}
    </Button>
  ) : null;
  return (
    <Panel title={t('children.title')} aside={add}>
      {of.children.length === 0 ? (
        <EmptyState>{t('children.none')}</EmptyState>
      ) : (
        <ul className="br-rows">
          {of.children.map((child) => (
            <li className="br-row" key={child.id}>
              <div className="br-row-words">
                <strong className="br-num">{child.code}</strong>
                <div className="br-soft">
                  {names.age(child.ageYears)} · {t(`common:child.${child.status}`)}
                </div>
              </div>
              {mayAdd ? (
                <div className="br-row-aside">
                  <Button variant="subtle" size="sm" onClick={() => setShown(child)}>
                    {t('children.identity')}
                  </Button>
                  <Button component={Link} href={`/cases/${of.id}/plan?child=${child.id}`} variant="default" size="sm">
                    {t('children.plan')}
                  </Button>
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {shown === null ? null : <IdentityDialog child={shown} onClose={() => setShown(null)} />}
    </Panel>
  );
}
