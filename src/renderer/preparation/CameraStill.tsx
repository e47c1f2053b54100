import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SourcePlace } from '../../shared/domain/devices.ts';
import { useStation } from '../app/client.ts';
import { SentenceError, useAct, useAsk, useFormat } from '../ui/index.ts';
import type { Checklist } from './checklistPart.ts';
import { firstPicture } from './firstPicture.ts';

interface CameraStillProps {
  readonly list: Checklist;
  readonly source: string;
  readonly place: string;
  /** The room is on and the checklist open: pictures can be taken. */
  readonly on: boolean;
}

const address = (jpeg: string) => `data:image/jpeg;base64,${jpeg}`;

/** One camera: its confirmed picture, or a new one that is looked at first. */
export function CameraStill({ list, source, place, on }: CameraStillProps) {
  const { t } = useTranslation(['preparation', 'common']);
  const { dateTime } = useFormat();
  const station = useStation();
  const interview = list.view.interview.id;
  const kept = list.view.stills.find((one) => one.source === source) ?? null;
  const shown = useAsk(`still ${interview} ${source} ${kept?.at ?? ''}`, async ({ preparation }) =>
    kept === null ? null : (await preparation.still({ interview, source })).jpeg,
  );
  const [taken, setTaken] = useState<{ still: string; jpeg: string } | null>(null);
  /** What was confirmed here stays in sight until the station has shown it. */
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const take = useAct(async () =>
    setTaken(await firstPicture(() => station.preparation.takeStill({ interview, source }))),
  );
  const keep = useAct(async (still: string) => {
    list.onView(await station.preparation.keepStill({ interview, still }));
    setConfirmed(taken?.jpeg ?? null);
    setTaken(null);
  });
  const known = SourcePlace.safeParse(place);
  const name = known.success ? t(`common:source.${known.data}`) : place;
  const jpeg = taken?.jpeg ?? shown.data ?? (kept === null ? null : confirmed);
  return (
    <figure className="br-prep-still">
      <div className="br-prep-picture">
        {jpeg === null ? (
          <span>{name}</span>
        ) : (
          <img src={address(jpeg)} alt={t(taken === null ? 'framing.altKept' : 'framing.alt', { name })} />
        )}
      </div>
      <figcaption>
        <strong>{name}</strong>
        {taken !== null ? (
          <span>{t('framing.asks')}</span>
        ) : kept === null ? null : (
          <span className="br-soft">{t('framing.kept', { by: kept.by, time: dateTime(kept.at) })}</span>
        )}
      </figcaption>
      <SentenceError trouble={take.trouble ?? keep.trouble} />
      {on ? (
        <div className="br-prep-acts">
          {taken === null ? null : (
            <Button size="md" onClick={() => void keep.run(taken.still)} loading={keep.busy}>
              {t('framing.keep')}
            </Button>
          )}
          <Button variant="default" size="md" onClick={() => void take.run()} loading={take.busy}>
            {t(jpeg === null ? 'framing.take' : 'framing.again')}
          </Button>
        </div>
      ) : null}
    </figure>
  );
}
