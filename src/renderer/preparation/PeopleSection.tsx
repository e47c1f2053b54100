import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PreparationSeat } from '../../shared/contract/preparation.ts';
import { usePeople } from '../interview/usePeople.ts';
import { Choice } from './Choice.tsx';
import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';
import { SaidBy } from './SaidBy.tsx';
import { useWho } from './useWho.ts';
import { WordsField } from './WordsField.tsx';

/** Who of the planned people came, and who is to be there by the rules and is not. */
export function PeopleSection(list: Checklist) {
  const { t } = useTranslation(['preparation', 'common']);
  const { view, entry, names } = list;
  const people = usePeople(view.interview.participants);
  const options = (['here', 'absent'] as const).map((value) => ({ value, label: t(`people.${value}`) }));
  return (
    <PartOf view={view} section="people">
      <div className="br-prep-row">
        <span className="br-soft br-prep-grow">{t('people.namesText')}</span>
        <Button variant="default" size="md" onClick={list.showNames} disabled={names !== null}>
          {t('people.names')}
        </Button>
      </div>
      <ul className="br-prep-items">
        <li className="br-prep-row">
          <span className="br-prep-grow">
            <strong>{view.interview.officer.name}</strong> <span className="br-soft">{t('people.officer')}</span>
          </span>
        </li>
        {people.map(({ code, name, place }) => {
          const given = entry(`person.${code}`);
          const state = given?.answer.about === 'person' ? given.answer.state : null;
          return (
            <li className="br-prep-row" key={code}>
              <span className="br-prep-grow">
                <strong>{name}</strong> {names?.people.get(code)}{' '}
                <span className="br-soft">{t(`common:seats.${place}`)}</span>
                <SaidBy entry={given} />
              </span>
              <Choice
                label={name}
                options={options}
                value={state}
                disabled={!view.open}
                onChoose={(chosen) => void list.answer({ about: 'person', code, state: chosen })}
              />
            </li>
          );
        })}
      </ul>
      {view.seats.map((seat) => (
        <Seat key={seat.item} seat={seat} list={list} />
      ))}
    </PartOf>
  );
}

function Seat({ seat, list }: { readonly seat: PreparationSeat; readonly list: Checklist }) {
  const { t } = useTranslation(['preparation', 'common']);
  const who = useWho();
  const given = list.entry(seat.item);
  const required = seat.need === 'required';
  return (
    <div className={required ? 'br-notice br-prep-seat' : 'br-prep-seat'}>
      <div className="br-prep-grow">
        <p className={required ? undefined : 'br-soft'}>
          {t(required ? 'people.seatRequired' : 'people.seatAdvised', { who: who(seat.anyOf) })}
        </p>
        {seat.planned === null ? null : <p className="br-soft">{t('people.planned', { reason: seat.planned })}</p>}
        {required || given !== null ? (
          <>
            <WordsField
              label={t('people.reason')}
              saved={given?.words ?? null}
              busy={list.busy}
              disabled={!list.view.open}
              onSave={(words) => list.answer({ about: 'seat', anyOf: [...seat.anyOf] }, words)}
            />
            <SaidBy entry={given} />
          </>
        ) : null}
      </div>
    </div>
  );
}
