import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hearing, Playback } from '../../shared/contract/hearings.ts';
import { type Trouble, troubleOf, useStation } from '../app/client.ts';
import { Loading, Panel, SentenceError, useFormat } from '../ui/index.ts';
import { CloseHearing } from './CloseHearing.tsx';
import { ExhibitRows } from './ExhibitRows.tsx';
import { HearingHead } from './HearingHead.tsx';
import { PlayingExhibit } from './PlayingExhibit.tsx';

export interface HearingRoomProps {
  readonly hearing: Hearing;
  readonly onChange: (hearing: Hearing) => void;
}

/** An open hearing: which recording, then that recording. With one only there is nothing to choose. */
export function HearingRoom({ hearing, onChange }: HearingRoomProps) {
  const { t } = useTranslation('hearing');
  const { dateTime } = useFormat();
  const only = hearing.exhibits.length === 1 ? (hearing.exhibits[0]?.number ?? null) : null;
  const [chosen, setChosen] = useState<string | null>(only);
  const opened = useOpened(hearing.id, chosen);
  const several = hearing.exhibits.length > 1;

  if (opened.playback !== null) {
    return (
      <PlayingExhibit
        key={opened.playback.exhibit.number}
        hearing={hearing}
        playback={opened.playback}
        onChange={onChange}
        onOthers={several ? () => setChosen(null) : null}
      />
    );
  }
  return (
    <div className="br-hearing-choose">
      <HearingHead
        hearing={hearing}
        lead={`${dateTime(hearing.plannedAt)} · ${t('case', { number: hearing.caseNumber })}`}
      />
      <div className="br-hearing-door">
        <SentenceError trouble={opened.trouble}>
          <Button variant="default" size="compact-md" onClick={opened.again}>
            {t('tryAgain')}
          </Button>
        </SentenceError>
        {chosen !== null && opened.trouble === null ? (
          <div className="br-hearing-wait">
            <Loading />
            <span className="br-soft">{t('opening')}</span>
          </div>
        ) : (
          <Panel title={t('choose.title')}>
            <ExhibitRows
              exhibits={hearing.exhibits}
              aside={({ number }) => (
                <Button
                  variant="default"
                  onClick={() => {
                    setChosen(number);
                    opened.again();
                  }}
                >
                  {t('choose.play')}
                </Button>
              )}
            />
            <div>
              <CloseHearing hearing={hearing} onChange={onChange} />
            </div>
          </Panel>
        )}
      </div>
    </div>
  );
}

interface Opened {
  readonly playback: Playback | null;
  readonly trouble: Trouble | null;
  readonly again: () => void;
}

/** Opens the chosen exhibit once; the screen that plays it closes it. */
function useOpened(hearing: string, exhibit: string | null): Opened {
  const station = useStation();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ playback: Playback | null; trouble: Trouble | null }>({
    playback: null,
    trouble: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    setState({ playback: null, trouble: null });
    if (exhibit === null) return;
    let here = true;
    station.playback.open({ hearing, exhibit }).then(
      (playback) => (here ? setState({ playback, trouble: null }) : undefined),
      (error: unknown) => (here ? setState({ playback: null, trouble: troubleOf(error) }) : undefined),
    );
    return () => {
      here = false;
    };
  }, [station, hearing, exhibit, round]);
  return { ...state, again: () => setRound((before) => before + 1) };
}
