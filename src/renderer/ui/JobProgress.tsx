import { Button, Group, Progress } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobState } from '../../shared/contract/station.ts';
import { useStation } from '../app/client.ts';
import { SentenceError } from './SentenceError.tsx';
import { StateChip } from './StateChip.tsx';
import { useAct } from './useAct.ts';
import { useAsk } from './useAsk.ts';
import { useFormat } from './useFormat.ts';

type Job = ReturnType<typeof JobState.parse>;

export interface JobProgressProps {
  readonly job: string;
  /** What is being done, in words. */
  readonly label: string;
  /** Called once, when the job is done; `result` has the shape of the operation's job result: parse it. */
  readonly onDone?: (result: Job['result']) => void;
  /** Called once, when the job is over, however it ended. */
  readonly onEnd?: () => void;
}

/** Long work: how far it is, a way to stop it, and what came of it. Asks the station every half second while it runs. */
export function JobProgress({ job, label, onDone, onEnd }: JobProgressProps) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const station = useStation();
  const told = useRef(false);
  const running = useRef(true);
  const asked = useAsk(`job ${job}`, (client) => client.jobs.state({ job }), running.current ? 500 : null);
  const cancel = useAct(() => station.jobs.cancel({ job }));
  const pause = useAct((paused: boolean) => station.jobs.pause({ job, paused }));
  const state = asked.data;
  running.current = state === null || state.state === 'running';
  useEffect(() => {
    if (state === null || state.state === 'running' || told.current) return;
    told.current = true;
    onEnd?.();
    if (state.state === 'done') onDone?.(state.result);
  }, [state, onDone, onEnd]);

  if (state === null) return <SentenceError trouble={asked.trouble} />;
  if (state.state === 'failed') return <SentenceError trouble={state.error ?? { code: 'INTERNAL', params: {} }} />;
  if (state.state === 'cancelled' || state.state === 'done') {
    return (
      <div>
        <StateChip tone={state.state === 'done' ? 'good' : 'quiet'}>{t(`job.${state.state}`)}</StateChip>
      </div>
    );
  }
  const value = state.progress === null ? 100 : state.progress * 100;
  return (
    <div className="br-job">
      <Group justify="space-between">
        <span>{label}</span>
        <span className="br-soft br-num">
          {state.progress === null ? null : percent(state.progress)}
          {state.paused === true ? ` · ${t('job.paused')}` : null}
        </span>
      </Group>
      <Progress value={value} animated={state.progress === null} aria-label={label} size="md" />
      <Group justify="flex-end">
        {state.paused === null ? null : (
          <Button variant="subtle" size="sm" onClick={() => void pause.run(state.paused !== true)} loading={pause.busy}>
            {state.paused ? t('job.goOn') : t('job.pause')}
          </Button>
        )}
        <Button variant="subtle" size="sm" onClick={() => void cancel.run()} loading={cancel.busy}>
          {t('cancel')}
        </Button>
      </Group>
      <SentenceError trouble={cancel.trouble ?? pause.trouble} />
    </div>
  );
}
