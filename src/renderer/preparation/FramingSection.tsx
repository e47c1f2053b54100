import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { SentenceError, useAct } from '../ui/index.ts';
import { CameraStill } from './CameraStill.tsx';
import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';

/** Each camera's picture, confirmed by a person; the cameras are switched on from here too. */
export function FramingSection(list: Checklist) {
  const { t } = useTranslation(['preparation', 'interview']);
  const station = useStation();
  const { view } = list;
  const { id, state } = view.interview;
  const switchOn = useAct(async () => {
    await station.recording.prepare({ interview: id });
    list.onView(await station.preparation.get({ interview: id }));
  });
  const on = state === 'ready' || state === 'recording';
  return (
    <PartOf view={view} section="framing">
      <div className="br-prep-row">
        <span className="br-soft br-prep-grow">
          {view.cameras.length === 0 ? t('framing.none') : t(on ? 'framing.text' : 'framing.off')}
        </span>
        {state === 'planned' && view.open && view.cameras.length > 0 ? (
          <Button variant="default" size="md" onClick={() => void switchOn.run()} loading={switchOn.busy}>
            {t('interview:planned.act')}
          </Button>
        ) : null}
      </div>
      <SentenceError trouble={switchOn.trouble} />
      <div className="br-prep-stills">
        {view.cameras.map(({ source, place }) => (
          <CameraStill key={source} list={list} source={source} place={place} on={on && view.open} />
        ))}
      </div>
    </PartOf>
  );
}
