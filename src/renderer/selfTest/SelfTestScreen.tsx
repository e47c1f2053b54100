import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import type { Room } from '../../shared/contract/rooms.ts';
import { type NamedTest, type RoomCheck, SelfTestDone } from '../../shared/contract/selfTest.ts';
import { useStation } from '../app/client.ts';
import {
  Asking,
  EmptyState,
  JobProgress,
  NextStep,
  Page,
  Panel,
  SentenceError,
  SimulatedBadge,
  useAct,
  useAsk,
  useFormat,
} from '../ui/index.ts';
import { BaselinePanel } from './BaselinePanel.tsx';
import { LightChip } from './LightChip.tsx';
import { Findings, SourceResult } from './SourceResult.tsx';
import './selfTest.css';

interface Facts {
  readonly room: Room | null;
  readonly check: RoomCheck | null;
  readonly history: readonly NamedTest[];
}

/** The morning check of one room: run it, see what came of it, say what is usual. `?for=` names the interview whose checklist led here. */
export function SelfTestScreen({ id }: { readonly id: string }) {
  const { t } = useTranslation(['selfTest', 'common']);
  const asked = useAsk<Facts>(`check ${id}`, async ({ rooms, selfTest }) => {
    const [all, checks] = await Promise.all([rooms.list(), selfTest.last()]);
    const room = all.find((one) => one.id === id) ?? null;
    return {
      room,
      check: checks.find((one) => one.room === id) ?? null,
      history: room === null ? [] : await selfTest.history({ room: id }),
    };
  });
  const interview = new URLSearchParams(useSearch()).get('for');
  const checklist =
    interview === null
      ? null
      : { to: `/interview/${encodeURIComponent(interview)}/preparation`, label: t('toChecklist') };
  const back = checklist ?? { to: '/', label: t('common:place.home') };
  return (
    <Asking asked={asked}>
      {({ room, check, history }) => (
        <Page
          title={t('title', { room: room?.name ?? '' })}
          lead={t('lead')}
          aside={room?.simulated === true ? <SimulatedBadge /> : undefined}
          back={back}
        >
          {room === null || check === null ? (
            <EmptyState>{t('common:notFound.text')}</EmptyState>
          ) : (
            <CheckOf room={room} check={check} history={history} changed={asked.again} onwards={checklist} />
          )}
        </Page>
      )}
    </Asking>
  );
}

interface CheckOfProps extends Facts {
  readonly room: Room;
  readonly check: RoomCheck;
  readonly changed: () => void;
  /** Where a person goes on once the room is checked; null where nothing waits for it. */
  readonly onwards: { readonly to: string; readonly label: string } | null;
}

function CheckOf({ room, check, history, changed, onwards }: CheckOfProps) {
  const { t } = useTranslation('selfTest');
  const { dateTime } = useFormat();
  const station = useStation();
  const [job, setJob] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  const [stills, setStills] = useState<ReadonlyMap<string, string>>(new Map());
  const run = useAct(async () => {
    setStills(new Map());
    setJob((await station.selfTest.run({ room: room.id })).job);
    setRunning(true);
  });
  const done = useAct(async (test: string) => {
    const taken = await station.selfTest.stills({ test });
    setStills(new Map(taken.map(({ source, jpeg }) => [source, `data:image/jpeg;base64,${jpeg}`])));
    setJob(null);
    changed();
  });
  const newest = check.newest;
  const title =
    newest === null
      ? t('never')
      : check.today
        ? t(`result.${newest.test.light}`)
        : t('notToday', { at: dateTime(newest.test.at) });
  const busy = run.busy || running;
  const goesOn = onwards !== null && check.today && !busy;
  const again = (
    <Button variant="default" onClick={() => void run.run()}>
      {t('again')}
    </Button>
  );
  return (
    <>
      <NextStep
        title={title}
        text={newest === null ? undefined : t('by', { at: dateTime(newest.test.at), by: newest.by })}
        chips={
          newest === null || !check.today ? undefined : (
            <>
              <LightChip light={newest.test.light} />
              {goesOn ? again : null}
            </>
          )
        }
        act={goesOn ? onwards : { label: t(check.today ? 'again' : 'run'), run: () => void run.run(), busy }}
      />
      <SentenceError trouble={run.trouble ?? done.trouble} />
      {job === null ? null : (
        <JobProgress
          key={job}
          job={job}
          label={t('running', { room: room.name })}
          onEnd={() => setRunning(false)}
          onDone={(result) => void done.run(SelfTestDone.parse(result).test)}
        />
      )}
      {newest === null ? null : <Result newest={newest} stills={stills} />}
      <BaselinePanel check={check} changed={changed} />
      <Panel title={t('history')}>
        {history.length < 2 ? (
          <EmptyState>{t('historyNone')}</EmptyState>
        ) : (
          <ul className="br-rows">
            {history.slice(1).map(({ test, by }) => (
              <li className="br-row" key={test.id}>
                <div className="br-row-words br-num">{t('by', { at: dateTime(test.at), by })}</div>
                <LightChip light={test.light} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

function Result({ newest, stills }: { readonly newest: NamedTest; readonly stills: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('selfTest');
  const { sources, station } = newest.test;
  return (
    <>
      <Panel title={t('sources')}>
        <ul className="br-rows">
          {sources.map((source) => (
            <SourceResult key={source.source} source={source} still={stills.get(source.source) ?? null} />
          ))}
        </ul>
      </Panel>
      <Panel title={t('station')}>
        {station.length === 0 ? (
          <p>{t('stationWell')}</p>
        ) : (
          <ul className="br-rows">
            {station.map((finding) => (
              <li className="br-row" key={finding.code}>
                <div className="br-row-words">
                  <Findings findings={[finding]} />
                </div>
                <LightChip light={finding.light} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
