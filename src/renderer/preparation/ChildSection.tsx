import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChildNeed, Wellbeing } from '../../shared/domain/preparationAnswers.ts';
import { AskedItem } from './AskedItem.tsx';
import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';
import { SaidBy } from './SaidBy.tsx';
import { WordsField } from './WordsField.tsx';

const asked = ['yes', 'no', 'not-asked'] as const;
const needed = ['none', 'some', 'not-asked'] as const;

/** How the child is today and what it needs. "Not asked" is an answer too. */
export function ChildSection(list: Checklist) {
  const { t } = useTranslation('preparation');
  return (
    <PartOf view={list.view} section="child">
      <p className="br-soft">{t('notNames')}</p>
      <ul className="br-prep-items">
        <Called {...list} />
        {Wellbeing.options.map((of) => (
          <AskedItem
            key={of}
            list={list}
            label={t(`wellbeing.${of}`)}
            item={`wellbeing.${of}`}
            states={asked}
            stateOf={(answer) => (answer.about === 'wellbeing' ? answer.state : null)}
            answerOf={(state) => ({ about: 'wellbeing', of, state })}
            worded={of === 'fed' ? ['yes', 'no'] : ['yes']}
          />
        ))}
        {ChildNeed.options.map((of) => (
          <AskedItem
            key={of}
            list={list}
            label={t(`need.${of}`)}
            item={`need.${of}`}
            states={needed}
            stateOf={(answer) => (answer.about === 'need' ? answer.state : null)}
            answerOf={(state) => ({ about: 'need', of, state })}
            worded={['some']}
          />
        ))}
      </ul>
    </PartOf>
  );
}

function Called({ view, entry, names, busy, answer }: Checklist) {
  const { t } = useTranslation('preparation');
  const given = entry('called');
  const state = given?.answer.about === 'called' ? given.answer.state : null;
  return (
    <li className="br-prep-item">
      <div className="br-prep-row">
        <span className="br-prep-grow">
          <WordsField
            label={t('called.label')}
            description={state === 'told' ? t('called.kept') : t('called.text')}
            saved={state === 'told' ? (names?.called ?? null) : null}
            sealed
            busy={busy}
            disabled={!view.open}
            onSave={(words) => answer({ about: 'called', state: 'told' }, words)}
          />
          <SaidBy entry={given} />
        </span>
        <Button
          variant={state === 'not-asked' ? 'light' : 'default'}
          size="md"
          aria-pressed={state === 'not-asked'}
          disabled={!view.open}
          onClick={() => void answer({ about: 'called', state: 'not-asked' })}
        >
          {t('answer.not-asked')}
        </Button>
      </div>
    </li>
  );
}
