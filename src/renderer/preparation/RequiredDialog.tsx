import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreparationSeat, PreparationView } from '../../shared/contract/preparation.ts';
import type { PreparationAnswer } from '../../shared/domain/preparationAnswers.ts';
import { useStation } from '../app/client.ts';
import { FormDialog, NameWarning, useAct } from '../ui/index.ts';
import { useWho } from './useWho.ts';

/** The seats that the rules require, on which nobody sits, and for which nobody said why. */
export function requiredOpen({ seats, standing }: PreparationView): PreparationSeat[] {
  const open = new Set(standing.gaps.filter(({ required }) => required).map(({ item }) => item));
  return seats.filter(({ item }) => open.has(item));
}

interface RequiredDialogProps {
  readonly interview: string;
  readonly seats: readonly PreparationSeat[];
  /** Every reason is kept. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks for the reason why a recording begins without what the rules require. */
export function RequiredDialog({ interview, seats, onDone, onClose }: RequiredDialogProps) {
  const { t } = useTranslation('preparation');
  const who = useWho();
  const station = useStation();
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map());
  const reasonFor = ({ item }: PreparationSeat) => reasons.get(item)?.trim() ?? '';
  const save = useAct(async () => {
    for (const seat of seats) {
      const answer: PreparationAnswer = { about: 'seat', anyOf: [...seat.anyOf] };
      await station.preparation.answer({ interview, answer, words: reasonFor(seat) });
    }
    onDone();
  });
  return (
    <FormDialog
      title={t('without.title')}
      submit={t('without.confirm')}
      onSubmit={() => void save.run()}
      onClose={onClose}
      busy={save.busy}
      trouble={save.trouble}
      ready={seats.every((seat) => reasonFor(seat) !== '')}
    >
      <p>{t('without.text')}</p>
      {seats.map((seat) => (
        <div key={seat.item}>
          <TextInput
            label={t('people.seatRequired', { who: who(seat.anyOf) })}
            description={t('people.reason')}
            maxLength={1000}
            value={reasons.get(seat.item) ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setReasons((before) => new Map(before).set(seat.item, value));
            }}
          />
          <NameWarning text={reasonFor(seat)} />
        </div>
      ))}
    </FormDialog>
  );
}
