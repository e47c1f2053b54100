import { useTranslation } from 'react-i18next';
import { CameraStill } from './CameraStill.tsx';
import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';

/** Each camera's picture, confirmed by a person. */
export function FramingSection(list: Checklist) {
  const { t } = useTranslation('preparation');
  const { view } = list;
  const on = view.interview.state === 'ready' || view.interview.state === 'recording';
  return (
    <PartOf view={view} section="framing">
      <p className="br-soft">
        {view.cameras.length === 0 ? t('framing.none') : t(on ? 'framing.text' : 'framing.off')}
      </p>
      <div className="br-prep-stills">
        {view.cameras.map(({ source, place }) => (
          <CameraStill key={source} list={list} source={source} place={place} on={on && view.open} />
        ))}
      </div>
    </PartOf>
  );
}
