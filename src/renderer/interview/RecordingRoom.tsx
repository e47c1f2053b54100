import { Button } from '@mantine/core';
import { IconCup, IconPencil, IconPlayerStopFilled, IconSquareRotatedFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { MarkInput } from '../../shared/contract/recording.ts';
import { useStation } from '../app/client.ts';
import { SideTabs } from '../questions/SideTabs.tsx';
import { Kbd, Loading, SentenceError, StateChip, useAct, useFormat, useShortcut } from '../ui/index.ts';
import { AlarmList } from './AlarmList.tsx';
import { BreakDialog } from './BreakDialog.tsx';
import { ElapsedCard } from './ElapsedCard.tsx';
import { InterviewHead } from './InterviewHead.tsx';
import type { InterviewPart } from './interviewPart.ts';
import { KeepingChip } from './KeepingChip.tsx';
import { Meters } from './Meters.tsx';
import { MoreActs } from './MoreActs.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { ObserversChip } from './ObserversChip.tsx';
import { OverrunDialog } from './OverrunDialog.tsx';
import { nextPhase, Phases } from './Phases.tsx';
import { PictureDialog } from './PictureDialog.tsx';
import { RosterDialog } from './RosterDialog.tsx';
import { SourceChips } from './SourceChips.tsx';
import { StopDialog } from './StopDialog.tsx';
import { RecordingTiles } from './Tiles.tsx';
import { TimelineList } from './TimelineList.tsx';
import { useThumbs } from './useThumbs.ts';
import { breakNow, type Keeping, keepingOf } from './wellness.ts';

type Asking = 'note' | 'break' | 'roster' | 'picture' | 'overrun' | 'stop';
/** One member of `MarkInput` without the interview's id, which is the same for all. */
type Mark = z.infer<typeof MarkInput> extends infer M ? (M extends unknown ? Omit<M, 'interview'> : never) : never;

/** The marks at which the disks' room is warned of. */
const AN_HOUR_MS = 3600_000;
const A_QUARTER_MS = AN_HOUR_MS / 4;

/** The recording: pictures, levels, time, phases; one key for each thing that is marked; stopping asks once more. */
export function RecordingRoom({ view, heard, mayAct, onStopped }: InterviewPart) {
  const { t } = useTranslation('interview');
  const { duration } = useFormat();
  const station = useStation();
  const [thumbs, addThumb] = useThumbs();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { interview, recorder, timeline } = view;
  const mark = useAct(async (what: Mark) => {
    await station.recording.mark(MarkInput.parse({ ...what, interview: interview.id }));
  });
  const now = breakNow(timeline);
  const next = nextPhase(view.phase, view.phases);

  const marker = () => void mark.run({ type: 'marker', label: '' });
  const goToNext = () => (next === null ? undefined : void mark.run({ type: 'chapter', phase: next }));
  const breakAct = () => {
    if (now === null) setAsking('break');
    else void mark.run({ type: 'break', label: now.label, begins: false });
  };
  useShortcut('KeyM', marker, mayAct);
  useShortcut('KeyN', goToNext, mayAct && next !== null);
  useShortcut('KeyT', () => setAsking('note'), mayAct);
  useShortcut('KeyB', breakAct, mayAct);
  useShortcut('KeyR', () => setAsking('roster'), mayAct);
  useShortcut('KeyD', () => setAsking('picture'), mayAct);

  if (recorder === null) {
    return (
      <>
        <InterviewHead interview={interview} />
        <Loading />
      </>
    );
  }
  const keeping = keepingOf(view, heard);
  // What the station said last may be true no longer: of all this nothing is shown while it is not heard.
  const lasts = heard ? recorder.remainingMs : null;
  return (
    <>
      <InterviewHead interview={interview}>
        <ObserversChip interview={interview} />
        {lasts === null ? null : (
          <StateChip tone={lasts < A_QUARTER_MS ? 'lost' : lasts < AN_HOUR_MS ? 'warn' : 'good'}>
            {t('chip.space', { time: duration(lasts) })}
          </StateChip>
        )}
      </InterviewHead>
      <div className="br-room-strip">
        <KeepingChip keeping={keeping} />
        {heard ? <SourceChips recorder={recorder} /> : null}
      </div>
      <div className="br-room">
        <RecordingTiles interview={interview.id} sources={recorder.sources} />
        <div className="br-room-live">
          <Meters sources={recorder.sources} />
          <Phases
            phase={view.phase}
            phases={view.phases}
            timeline={timeline}
            onPhase={mayAct ? (phase) => void mark.run({ type: 'chapter', phase }) : null}
          />
        </div>
        <aside className="br-room-side">
          <ElapsedCard
            elapsedMs={view.elapsedMs}
            plannedMinutes={interview.plannedMinutes}
            kept={heard ? keeping.how !== 'nothing' : 'unknown'}
            guard={heard ? view.guard : null}
            onReason={mayAct ? () => setAsking('overrun') : null}
            pause={now}
          />
          <SentenceError trouble={mark.trouble} />
          {heard ? <AlarmList recorder={recorder} /> : null}
          <SideTabs interview={interview.id} mayAct={mayAct}>
            <TimelineList interview={interview} timeline={timeline} thumbs={thumbs} />
          </SideTabs>
        </aside>
      </div>
      <footer className="br-room-foot">
        {mayAct ? (
          <>
            <div className="br-room-acts">
              <Button
                variant="default"
                onClick={marker}
                leftSection={<IconSquareRotatedFilled aria-hidden size={16} />}
                rightSection={<Kbd>M</Kbd>}
              >
                {t('marker.act')}
              </Button>
              <Button
                variant="default"
                onClick={() => setAsking('note')}
                leftSection={<IconPencil aria-hidden size={18} />}
                rightSection={<Kbd>T</Kbd>}
              >
                {t('note.act')}
              </Button>
              <Button
                variant="default"
                onClick={breakAct}
                leftSection={<IconCup aria-hidden size={18} />}
                rightSection={<Kbd>B</Kbd>}
              >
                {now === null ? t('break.act') : t('break.end')}
              </Button>
              <MoreActs onRoster={() => setAsking('roster')} onPicture={() => setAsking('picture')} />
            </div>
            <span className="br-room-saved br-soft">{t(`saved.${savedOf(keeping)}`)}</span>
            <Button
              className="br-stop"
              onClick={() => setAsking('stop')}
              leftSection={<IconPlayerStopFilled aria-hidden size={18} />}
            >
              {t('stop.act')}
            </Button>
          </>
        ) : (
          <span className="br-soft">{t('watching', { name: interview.officer.name })}</span>
        )}
      </footer>
      {asking === 'note' ? <NoteDialog interview={interview.id} onClose={() => setAsking(null)} /> : null}
      {asking === 'break' ? (
        <BreakDialog
          onClose={() => setAsking(null)}
          onBreak={(label) => mark.run({ type: 'break', label, begins: true })}
          trouble={mark.trouble}
        />
      ) : null}
      {asking === 'roster' ? (
        <RosterDialog
          interview={interview.id}
          participants={interview.participants}
          timeline={timeline}
          onClose={() => setAsking(null)}
          onMove={(participant, present, place) => mark.run({ type: 'roster', participant, present, place })}
          trouble={mark.trouble}
        />
      ) : null}
      {asking === 'picture' ? (
        <PictureDialog
          interview={interview}
          sources={recorder.sources}
          onKept={addThumb}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === 'overrun' ? <OverrunDialog interview={interview} onClose={() => setAsking(null)} /> : null}
      {asking === 'stop' ? (
        <StopDialog interview={interview.id} onClose={() => setAsking(null)} onStopped={onStopped} />
      ) : null}
    </>
  );
}

/** What stands beside the button that ends the recording: whether all of it is being kept. */
function savedOf({ how }: Keeping): 'all' | 'some' | 'starting' | 'nothing' | 'unknown' {
  switch (how) {
    case 'both':
    case 'same-disk':
    case 'slow':
    case 'one':
      return 'all';
    case 'part':
      return 'some';
    case 'starting':
    case 'nothing':
    case 'unknown':
      return how;
  }
}
