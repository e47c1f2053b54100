import { Button } from '@mantine/core';
import { IconCircleFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { PreparationPanel } from '../preparation/PreparationPanel.tsx';
import { RequiredDialog, requiredOpen } from '../preparation/RequiredDialog.tsx';
import { ConfirmDialog, Loading, SentenceError, StateChip, useAct, useAsk, useFormat } from '../ui/index.ts';
import { AlarmList } from './AlarmList.tsx';
import { InterviewHead } from './InterviewHead.tsx';
import type { InterviewPart } from './interviewPart.ts';
import { Meters } from './Meters.tsx';
import { ObserversChip } from './ObserversChip.tsx';
import { SourceChips } from './SourceChips.tsx';
import { Tiles } from './Tiles.tsx';
import { usePlaces } from './usePlaces.ts';
import { awayOf, isAway } from './wellness.ts';

/** The room is switched on: look, listen, start. Nothing is kept yet, and the screen says so. */
export function ReadyRoom({ view, heard, mayAct, onView }: InterviewPart) {
  const { t } = useTranslation('interview');
  const { duration } = useFormat();
  const places = usePlaces();
  const station = useStation();
  const [single, setSingle] = useState(false);
  /** The tracks that may be missing, once the officer said so; `asked` while the question stands. */
  const [asksMissing, setAsksMissing] = useState(false);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const { interview, recorder } = view;
  /** While the question stands why the recording begins without what the rules require. */
  const [asksRequired, setAsksRequired] = useState(false);
  const preparation = useAsk(
    `preparation ${interview.id}`,
    async (client) => (mayAct ? await client.preparation.get({ interview: interview.id }) : null),
    5_000,
  );
  const disks = useAsk('targets', (client) => client.station.targets(), 15_000);
  const working = disks.data?.filter(({ problem }) => problem === null) ?? null;
  const begin = useAct(async (singleTargetConfirmed: boolean, missingConfirmed: readonly string[]) => {
    const input = { interview: interview.id, singleTargetConfirmed, missingConfirmed: [...missingConfirmed] };
    onView(await station.recording.begin(input));
    setSingle(false);
  });
  const release = useAct(() => station.recording.release({ interview: interview.id }));
  if (recorder === null) return <Loading />;

  const allSend = recorder.sources.every(({ state }) => state === 'running');
  const lasts = recorder.remainingMs;
  const sameDisk = working?.some(({ shared }) => shared) ?? false;
  const away = awayOf(recorder);
  const startWithout = async (without: readonly string[]) => {
    setAsksMissing(false);
    setMissing(without);
    if (working !== null && working.length < 2) setSingle(true);
    else await begin.run(false, without);
  };
  // A checklist that cannot be read keeps nobody from recording.
  const required = preparation.data === null ? [] : requiredOpen(preparation.data);
  const start = async () => {
    if (required.length > 0) setAsksRequired(true);
    else await startAsPrepared();
  };
  const startAsPrepared = async () => {
    setAsksRequired(false);
    if (away.length > 0) setAsksMissing(true);
    else await startWithout([]);
  };
  // The station may know of a disk that failed this very moment: then it asks the same question.
  const asksSingle = begin.trouble?.code === 'SINGLE_TARGET_NOT_CONFIRMED';
  return (
    <>
      <InterviewHead interview={interview}>
        <ObserversChip interview={interview} />
      </InterviewHead>
      <div className="br-room-strip">
        <StateChip tone="quiet">{t('chip.preview')}</StateChip>
        {heard ? <SourceChips recorder={recorder} /> : null}
      </div>
      <div className="br-room">
        <Tiles interview={interview.id} sources={recorder.sources} />
        <div className="br-room-live">
          <Meters sources={recorder.sources} />
        </div>
        <aside className="br-room-side">
          <section className="br-room-card">
            <h2 className="br-room-ready">{allSend ? t('ready.title') : t('ready.almost')}</h2>
            <p className="br-soft">{t('ready.text')}</p>
            {working === null ? null : (
              <div className="br-chips">
                <StateChip tone={working.length >= 2 && !sameDisk ? 'good' : 'warn'}>
                  {working.length >= 2
                    ? t(sameDisk ? 'ready.sameDisk' : 'ready.twoDisks')
                    : working.length === 1
                      ? t('ready.oneDisk')
                      : t('ready.noDisk')}
                </StateChip>
                {lasts === null ? null : (
                  <StateChip tone={lasts < interview.plannedMinutes * 60_000 ? 'warn' : 'good'}>
                    {t('ready.space', { time: duration(lasts) })}
                  </StateChip>
                )}
              </div>
            )}
            {preparation.data === null ? null : <PreparationPanel view={preparation.data} />}
            <SentenceError trouble={asksSingle ? null : (begin.trouble ?? release.trouble)} />
            {mayAct ? (
              <div className="br-form">
                <Button
                  size="xl"
                  fullWidth
                  onClick={() => void start()}
                  loading={begin.busy}
                  leftSection={<IconCircleFilled aria-hidden size={16} />}
                >
                  {t('ready.start')}
                </Button>
                <Button variant="subtle" fullWidth onClick={() => void release.run()} loading={release.busy}>
                  {t('ready.release')}
                </Button>
              </div>
            ) : (
              <p className="br-note">{t('watching', { name: interview.officer.name })}</p>
            )}
          </section>
          <AlarmList recorder={recorder} />
        </aside>
      </div>
      {asksRequired ? (
        <RequiredDialog
          interview={interview.id}
          seats={required}
          onDone={() => void startAsPrepared()}
          onClose={() => setAsksRequired(false)}
        />
      ) : null}
      <ConfirmDialog
        opened={asksMissing}
        title={t('missing.title')}
        text={t('missing.text', { names: places(away) })}
        confirm={t('missing.confirm')}
        onConfirm={() => void startWithout(recorder.sources.filter(isAway).map(({ id }) => id))}
        onClose={() => setAsksMissing(false)}
        busy={false}
        trouble={null}
      />
      <ConfirmDialog
        opened={single || asksSingle}
        title={t('single.title')}
        text={t('single.text')}
        confirm={t('single.confirm')}
        onConfirm={() => void begin.run(true, missing)}
        onClose={() => {
          setSingle(false);
          begin.clear();
        }}
        busy={begin.busy}
        trouble={asksSingle ? null : begin.trouble}
      />
    </>
  );
}
