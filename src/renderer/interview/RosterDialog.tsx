import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import type { Trouble } from '../app/client.ts';
import { SentenceError, StateChip } from '../ui/index.ts';
import { usePeople } from './usePeople.ts';
import { isHere } from './wellness.ts';

export interface RosterDialogProps {
  readonly participants: Interview['participants'];
  readonly timeline: TimelineEntry[];
  readonly onMove: (participant: string, present: boolean) => Promise<boolean>;
  readonly onClose: () => void;
  readonly trouble: Trouble | null;
}

/** Who is in which room, and the button that notes a coming or a going at this moment. */
export function RosterDialog({ participants, timeline, onMove, onClose, trouble }: RosterDialogProps) {
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
          return (
            <li className="br-row" key={code}>
              <div className="br-row-words">
                <strong>{name}</strong>
                <div className="br-soft">{t(`common:seats.${place}`)}</div>
              </div>
              <div className="br-row-aside">
                <StateChip tone={here ? 'good' : 'quiet'}>{here ? t('roster.here') : t('roster.away')}</StateChip>
                <Button variant="default" size="compact-md" onClick={() => void onMove(code, !here)}>
                  {here ? t('roster.out') : t('roster.in')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}
