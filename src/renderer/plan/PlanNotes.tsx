import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Interview } from '../../shared/contract/cases.ts';
import { Asking, Panel, useAsk } from '../ui/index.ts';
import { useCapacities } from './useCapacities.ts';
import { ZoneNote } from './ZoneNote.tsx';

/**
 * What stands with a plan beside time and people: who will be missing and why, whether the rules of law have changed since,
 * and the way to change it.
 */
export function PlanNotes({ interview, mayChange }: { readonly interview: Interview; readonly mayChange: boolean }) {
  const { t } = useTranslation('plan');
  const { anyOf } = useCapacities();
  const asked = useAsk(`facts ${interview.id} ${interview.plannedAt}`, (station) =>
    station.planning.facts({ interview: interview.id }),
  );
  return (
    <Asking asked={asked}>
      {({ plannedUnder, inForce, zone, missing, newlyMissing, otherLead }) => {
        const excused = missing.flatMap(({ reason, ...one }) => (reason === null ? [] : [{ ...one, reason }]));
        const advised = missing.filter(({ reason }) => reason === null);
        const other =
          plannedUnder !== null && (plannedUnder.id !== inForce.id || plannedUnder.version !== inForce.version);
        return (
          <Panel title={t('notes.title')}>
            {newlyMissing.map(({ anyOf: who }) => (
              <p className="br-note br-note-warn" key={who.join()}>
                {t('notes.newly', { who: anyOf(who) })}
              </p>
            ))}
            {other ? (
              <p className="br-note br-note-warn">
                {t('notes.rules', { before: plannedUnder.version, now: inForce.version })}
              </p>
            ) : null}
            {excused.map(({ anyOf: who, reason }) => (
              <p key={who.join()}>{t('notes.missing', { who: anyOf(who), reason })}</p>
            ))}
            {advised.length === 0 ? null : (
              <p className="br-soft">
                {t('notes.advised', { who: advised.map(({ anyOf: who }) => anyOf(who)).join(' · ') })}
              </p>
            )}
            {otherLead === null ? null : <p>{t('notes.otherLead', { reason: otherLead })}</p>}
            {excused.length + advised.length === 0 && newlyMissing.length === 0 ? (
              <p className="br-soft">{t('notes.complete')}</p>
            ) : null}
            <ZoneNote zone={zone} />
            {mayChange ? (
              <div>
                <Button variant="default" component={Link} href={`/cases/${interview.caseId}/plan/${interview.id}`}>
                  {t('change.act')}
                </Button>
              </div>
            ) : null}
          </Panel>
        );
      }}
    </Asking>
  );
}
