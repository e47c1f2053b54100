import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import { isHere, placeNow } from '../../shared/domain/presence.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import type { Trouble } from '../app/client.ts';
import { SentenceError, StateChip } from '../ui/index.ts';
import { ArrivalForm } from './ArrivalForm.tsx';
import { usePeople } from './usePeople.ts';

type Place = Interview['participants'][number]['place'];

export interface RosterDialogProps {
  readonly participants: Interview['participants'];
  readonly timeline: TimelineEntry[];
  readonly interview: string;
  /** Comes (to a room), goes, or changes rooms. */
  readonly onMove: (participant: string, present: boolean, place?: Place) => Promise<boolean>;
  readonly onClose: () => void;
  readonly trouble: Trouble | null;
}

/** Who is in which room, and the button that notes a coming or a going at this moment. */
export function RosterDialog({ interview, participants, timeline, onMove, onClose, trouble }: RosterDialogProps) {
  const { t } = useTranslation(['interview', 'common']);
  const people = usePeople(participants);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('roster.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
      size="lg"
    >
      <p className="br-soft">{people.length === 0 ? t('roster.none') : t('roster.text')}</p>
      <SentenceError trouble={trouble} />
      <ul className="br-rows br-roster">
        {people.map(({ code, name, place }) => {
          const here = isHere(timeline, code);
          const room = placeNow(timeline, { code, place });
          const other = room === 'interview' ? 'observation' : 'interview';
          return (
            <li className="br-row" key={code}>
              <div className="br-row-words">
                <strong>{name}</strong>
                <div className="br-soft">{t(`common:seats.${room}`)}</div>
              </div>
              <div className="br-row-aside">
                <StateChip tone={here ? 'good' : 'quiet'}>{here ? t('roster.here') : t('roster.away')}</StateChip>
                {here ? (
                  <Button variant="subtle" size="compact-md" onClick={() => void onMove(code, true, other)}>
                    {t(`roster.to.${other}`)}
                  </Button>
                ) : null}
                <Button variant="default" size="compact-md" onClick={() => void onMove(code, !here)}>
                  {here ? t('roster.out') : t('roster.in')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      <ArrivalForm interview={interview} />
    </Modal>
  );
}
