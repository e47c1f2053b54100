import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { InterviewKind } from '../../shared/contract/cases.ts';
import { Language } from '../../shared/contract/common.ts';
import { languages } from '../../shared/i18n/index.ts';
import { Panel, useNames } from '../ui/index.ts';
import type { PlanForm } from './planForm.ts';

export interface WhatPanelProps {
  readonly form: PlanForm;
  readonly change: (part: Partial<PlanForm>) => void;
  /** Kinds that are held under the rules in force; null while they are not known. */
  readonly kinds: readonly string[] | null;
}

/** Kind of the interview, and the language the child speaks. */
export function WhatPanel({ form, change, kinds }: WhatPanelProps) {
  const { t } = useTranslation('plan');
  const names = useNames();
  return (
    <Panel title={t('what.title')}>
      <div className="br-form-two">
        <Select
          label={t('what.kind')}
          data={InterviewKind.options
            .filter((value) => kinds?.includes(value) ?? true)
            .map((value) => ({ value, label: names.kind(value) }))}
          value={form.kind}
          onChange={(value) => {
            const kind = InterviewKind.safeParse(value);
            if (kind.success) change({ kind: kind.data });
          }}
        />
        <Select
          label={t('what.language')}
          data={languages.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.language}
          onChange={(value) => {
            const language = Language.safeParse(value);
            if (language.success) change({ language: language.data });
          }}
        />
      </div>
    </Panel>
  );
}
