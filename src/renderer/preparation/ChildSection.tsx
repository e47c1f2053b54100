import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChildNeed, Wellbeing } from '../../shared/domain/preparationAnswers.ts';
import { Choice } from './Choice.tsx';
import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';
import { SaidBy } from './SaidBy.tsx';
import { WordsField } from './WordsField.tsx';

const asked = ['yes', 'no', 'not-asked'] as const;
const needed = ['none', 'some', 'not-asked'] as const;

/** How the child is today and what it needs. "Not asked" is an answer too. */
export function ChildSection(list: Checklist) {
  const { t } = useTranslation('preparation');
  const { view, entry, busy } = list;
  const disabled = !view.open;
  return (
    <PartOf view={view} section="child">
      <p className="br-soft">{t('notNames')}</p>
      <ul className="br-prep-items">
        <Called {...list} />
        {Wellbeing.options.map((of) => {
          const given = entry(`wellbeing.${of}`);
          const state = given?.answer.about === 'wellbeing' ? given.answer.state : null;
          const label = t(`wellbeing.${of}`);
          return (
            <li key={of} className="br-prep-item">
              <div className="br-prep-row">
                <span className="br-prep-grow">
                  {label} <SaidBy entry={given} />
                </span>
                <Choice
                  label={label}
                  options={asked.map((value) => ({ value, label: t(`answer.${value}`) }))}
                  value={state}
                  disabled={disabled}
                  onChoose={(chosen) => void list.answer({ about: 'wellbeing', of, state: chosen }, given?.words)}
                />
              </div>
              {state === 'yes' || (of === 'fed' && state === 'no') || given?.words ? (
                <WordsField
                  label={t('words')}
                  saved={given?.words ?? null}
                  {...{ busy, disabled }}
                  onSave={(words) => list.answer({ about: 'wellbeing', of, state: state ?? 'yes' }, words)}
                />
              ) : null}
            </li>
          );
        })}
        {ChildNeed.options.map((of) => {
          const given = entry(`need.${of}`);
          const state = given?.answer.about === 'need' ? given.answer.state : null;
          const label = t(`need.${of}`);
          return (
            <li key={of} className="br-prep-item">
              <div className="br-prep-row">
                <span className="br-prep-grow">
                  {label} <SaidBy entry={given} />
                </span>
                <Choice
                  label={label}
                  options={needed.map((value) => ({ value, label: t(`answer.${value}`) }))}
                  value={state}
                  disabled={disabled}
                  onChoose={(chosen) => void list.answer({ about: 'need', of, state: chosen }, given?.words)}
                />
              </div>
              {state === 'some' || given?.words ? (
                <WordsField
                  label={t('words')}
                  saved={given?.words ?? null}
                  {...{ busy, disabled }}
                  onSave={(words) => list.answer({ about: 'need', of, state: state ?? 'some' }, words)}
                />
              ) : null}
            </li>
          );
        })}
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
