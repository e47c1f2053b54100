import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';
import { ReadingCard } from './ReadingCard.tsx';
import { useReadingText } from './useReadingText.ts';

/** Rights, warnings and reminders that the rules have read aloud at this child's age. */
export function RightsSection(list: Checklist) {
  const textOf = useReadingText(list);
  const readings = list.view.readings.filter(({ what }) => what !== 'opening');
  if (readings.length === 0) return null;
  return (
    <PartOf view={list.view} section="rights">
      <div className="br-prep-readings">
        {readings.map((reading) => (
          <ReadingCard key={reading.rule} list={list} reading={reading} text={textOf(reading)} />
        ))}
      </div>
    </PartOf>
  );
}
