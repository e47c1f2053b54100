import { Button, Group } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { DerivedCopy } from '../../shared/contract/copies.ts';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Playback } from '../../shared/contract/hearings.ts';
import { useStation } from '../app/client.ts';
import { Asking, ConfirmDialog, JobProgress, Panel, SentenceError, useAct, useAsk } from '../ui/index.ts';
import { CopyPlayer } from './CopyPlayer.tsx';
import { CopyRow } from './CopyRow.tsx';
import { GiveCopyDialog } from './GiveCopyDialog.tsx';
import { MakeCopyDialog } from './MakeCopyDialog.tsx';

const Written = z.object({ path: z.string() });

export interface CopiesPanelProps {
  readonly exhibit: Exhibit;
  /** Something was done that the page's other parts tell of. */
  readonly onChange: () => void;
}

/** The derived copies of an exhibit: made here, played, given out, deleted. */
export function CopiesPanel({ exhibit, onChange }: CopiesPanelProps) {
  const { t } = useTranslation('copies');
  const station = useStation();
  const { number } = exhibit;
  const asked = useAsk(`copies ${number}`, (client) => client.copies.list({ exhibit: number }));
  const [making, setMaking] = useState(false);
  const [job, setJob] = useState<{ readonly id: string; readonly label: string } | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const [giving, setGiving] = useState<DerivedCopy | null>(null);
  const [deleting, setDeleting] = useState<DerivedCopy | null>(null);
  const [playing, setPlaying] = useState<{ readonly copy: DerivedCopy; readonly playback: Playback } | null>(null);
  const changed = () => {
    asked.again();
    onChange();
  };
  const play = useAct(async (copy: DerivedCopy) => {
    setPlaying({ copy, playback: await station.copies.open({ exhibit: number, copy: copy.id }) });
  });
  const remove = useAct(async (copy: DerivedCopy) => {
    await station.copies.delete({ exhibit: number, copy: copy.id, confirmed: true });
    setDeleting(null);
    changed();
  });
  const close = useCallback(
    (copy: DerivedCopy) => {
      setPlaying(null);
      // It is closed at the station with the session at the latest.
      station.copies.close({ exhibit: number, copy: copy.id }).catch(() => undefined);
    },
    [station, number],
  );
  const open = useRef(playing);
  open.current = playing;
  useEffect(
    () => () => {
      if (open.current !== null) close(open.current.copy);
    },
    [close],
  );

  // The panel below says what was destroyed and what is left; of copies there is nothing more to do.
  if (asked.trouble?.code === 'EXHIBIT_KEY_DESTROYED') return null;
  return (
    <Panel title={t('title')}>
      <p className="br-soft">{t('lead')}</p>
      <Asking asked={asked}>
        {({ copies, estimate }) => (
          <>
            {copies.length === 0 ? <p className="br-soft">{t('none')}</p> : null}
            {copies.length === 0 ? null : (
              <ul className="br-copies">
                {copies.map((copy) => (
                  <CopyRow
                    key={copy.id}
                    copy={copy}
                    busy={play.busy}
                    onPlay={() => void play.run(copy)}
                    onGive={() => setGiving(copy)}
                    onDelete={() => setDeleting(copy)}
                  />
                ))}
              </ul>
            )}
            <SentenceError trouble={play.trouble} />
            {job === null ? null : (
              <JobProgress
                key={job.id}
                job={job.id}
                label={job.label}
                onDone={(result) => {
                  const written = Written.safeParse(result);
                  setPath(written.success ? written.data.path : null);
                  changed();
                }}
              />
            )}
            {path === null ? null : <p className="br-note">{t('given', { path })}</p>}
            <Group>
              <Button variant="default" onClick={() => setMaking(true)}>
                {t('make')}
              </Button>
            </Group>
            {making ? (
              <MakeCopyDialog
                exhibit={number}
                estimate={estimate}
                onClose={() => setMaking(false)}
                onStarted={(id) => {
                  setMaking(false);
                  setPath(null);
                  setJob({ id, label: t('working') });
                }}
              />
            ) : null}
          </>
        )}
      </Asking>
      {giving === null ? null : (
        <GiveCopyDialog
          exhibit={number}
          copy={giving}
          onClose={() => setGiving(null)}
          onStarted={(id) => {
            setGiving(null);
            setPath(null);
            setJob({ id, label: t('giving') });
          }}
        />
      )}
      {playing === null ? null : (
        <CopyPlayer copy={playing.copy} playback={playing.playback} onClose={() => close(playing.copy)} />
      )}
      <ConfirmDialog
        opened={deleting !== null}
        title={t('deleteTitle', { n: deleting?.n ?? '' })}
        text={t('deleteText')}
        confirm={t('deleteAct')}
        busy={remove.busy}
        trouble={remove.trouble}
        onClose={() => setDeleting(null)}
        onConfirm={() => {
          if (deleting !== null) void remove.run(deleting);
        }}
      />
    </Panel>
  );
}
