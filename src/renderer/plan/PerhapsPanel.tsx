import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PerhapsSame } from '../../shared/contract/planning.ts';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, useAct, useFormat, useNames } from '../ui/index.ts';

export interface PerhapsPanelProps {
  readonly childId: string;
  readonly perhaps: readonly PerhapsSame[];
  readonly decided: () => void;
}

/** Records that look like this child's: before anything is planned, an officer says of each whether it is the same child. */
export function PerhapsPanel({ childId, perhaps, decided }: PerhapsPanelProps) {
  const { t } = useTranslation('plan');
  const { dateTime } = useFormat();
  const names = useNames();
  const station = useStation();
  const decide = useAct(async (other: string, same: boolean) => {
    await station.planning.decide({ childId, other, same });
    decided();
  });
  if (perhaps.length === 0) return null;
  return (
    <Panel title={t('perhaps.title')}>
      <p className="br-note br-note-warn">{t('perhaps.text')}</p>
      <SentenceError trouble={decide.trouble} />
      <ul className="br-rows">
        {perhaps.map(({ child, caseNumber, interviews }) => (
          <li className="br-row" key={child.id}>
            <div className="br-row-words">
              <strong>
                {names.child(child.code)}, {names.age(child.ageYears)}
              </strong>
              <div className="br-soft">{t('perhaps.case', { number: caseNumber })}</div>
              {interviews.map((one) => (
                <div className="br-soft" key={one.exhibit}>
                  {dateTime(one.plannedAt)} · {names.kind(one.kind)} · {one.officer} · {one.exhibit}
                </div>
              ))}
            </div>
            <div className="br-row-aside">
              <Button variant="default" loading={decide.busy} onClick={() => void decide.run(child.id, true)}>
                {t('perhaps.same')}
              </Button>
              <Button variant="default" loading={decide.busy} onClick={() => void decide.run(child.id, false)}>
                {t('perhaps.different')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
