import { Button, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExpectedPerson } from '../../shared/contract/planning.ts';
import { useSettings } from '../app/settings.ts';
import { NameWarning, StateChip } from '../ui/index.ts';
import type { PeopleForm, PersonRow } from './planForm.ts';
import { isTaken, seatKey } from './seats.ts';
import { useCapacities } from './useCapacities.ts';

export interface SeatsAskedProps {
  readonly form: PeopleForm;
  readonly asked: readonly ExpectedPerson[];
  readonly add: (capacity: PersonRow['capacity']) => void;
  readonly excuse: (key: string, reason: string) => void;
  readonly fault: (field: string) => string | null;
}

/** Whom the rules ask for at this age and kind: there, missing with its reason, or advised; the rule itself one click deeper. */
export function SeatsAsked({ form, asked, add, excuse, fault }: SeatsAskedProps) {
  const { t } = useTranslation(['plan', 'common']);
  const { anyOf, one } = useCapacities();
  return (
    <ul className="br-rows">
      {asked.map((seat) => {
        const key = seatKey(seat);
        const taken = isTaken(seat, form.people);
        const tone = taken ? 'good' : seat.need === 'required' ? 'warn' : 'quiet';
        return (
          <li className="br-row br-seat" key={key} data-seat={seat.rule}>
            <div className="br-row-words">
              <strong>{anyOf(seat.anyOf)}</strong>
              <Rule seat={seat} />
            </div>
            <div className="br-row-aside">
              {taken
                ? null
                : seat.anyOf.map((capacity) => (
                    <Button key={capacity} variant="default" onClick={() => add(capacity)}>
                      {t('seat.add', { who: one(capacity) })}
                    </Button>
                  ))}
              <StateChip tone={tone}>{t(taken ? 'seat.there' : `seat.${seat.need}`)}</StateChip>
            </div>
            {taken || seat.need !== 'required' ? null : (
              <div className="br-seat-reason">
                <Textarea
                  label={t('seat.reason', { who: anyOf(seat.anyOf) })}
                  description={t('seat.reasonHint')}
                  value={form.absent[key] ?? ''}
                  onChange={(event) => excuse(key, event.currentTarget.value)}
                  error={fault(`seat ${key}`)}
                  autosize
                  minRows={1}
                />
                <NameWarning text={form.absent[key] ?? ''} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Rule({ seat: { need, source, confirmed, note } }: { readonly seat: ExpectedPerson }) {
  const { t } = useTranslation(['plan', 'jurisdiction']);
  const language = useSettings((settings) => settings.language);
  return (
    <details className="br-seat-rule">
      <summary>{t('seat.rule')}</summary>
      <p className="br-soft">
        {t(`seat.${need}`)} · {source[language]}
      </p>
      {confirmed ? null : <StateChip tone="warn">{t('seat.unconfirmed')}</StateChip>}
      {note === null ? null : <p className="br-soft">{t('jurisdiction:toAsk', { note: note[language] })}</p>}
    </details>
  );
}
