import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Playback, Presented } from '../../shared/contract/hearings.ts';
import { useStation } from '../app/client.ts';
import { useSession } from '../app/sessionStore.ts';
import { expected, Pictures, type Reported, usePlayer } from '../ui/player/index.ts';
import './hearing.css';
import { useFollowing } from './useFollowing.ts';

export interface CourtroomScreenProps {
  /** Given where this is a second window of the judge's own session; a paired screen knows its hearing by its pairing. */
  readonly hearing?: string;
}

/** The courtroom's screen: the picture and nothing else, where the judge's player is. Black and calm while there is none. */
export function CourtroomScreen({ hearing }: CourtroomScreenProps) {
  const { t } = useTranslation('hearing');
  const capabilities = useSession((state) => state.capabilities);
  const of = hearing ?? capabilities?.of ?? null;
  const { presented, arrivedMs } = useFollowing(of);
  const playback = useJoined(of, presented?.exhibit ?? null);
  useEffect(() => {
    document.title = t('room.title');
  }, [t]);
  return (
    <main className="br-courtroom" aria-label={t('room.title')}>
      {playback === null || presented === null || presented.exhibit !== playback.exhibit.number ? (
        <p className="br-unseen">{t('room.calm')}</p>
      ) : (
        <Followed
          key={playback.exhibit.number}
          playback={playback}
          presented={presented}
          arrivedMs={arrivedMs}
          sound={hearing === undefined}
        />
      )}
    </main>
  );
}

/** Opens what the judge has opened; asks again while it is not open yet. */
function useJoined(hearing: string | null, exhibit: string | null): Playback | null {
  const station = useStation();
  const [playback, setPlayback] = useState<Playback | null>(null);
  useEffect(() => {
    setPlayback(null);
    if (hearing === null || exhibit === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const join = () => {
      station.playback.open({ hearing, exhibit }).then(
        (opened) => (here ? setPlayback(opened) : undefined),
        () => {
          // Not opened by the judge yet, or the station is away: black until it is.
          if (here) timer = setTimeout(join, 1000);
        },
      );
    };
    join();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [station, hearing, exhibit]);
  return playback;
}

interface FollowedProps {
  readonly playback: Playback;
  readonly presented: Presented;
  readonly arrivedMs: number;
  readonly sound: boolean;
}

/** Comes into step by speed below this, by a jump above. */
const JUMP_MS = 600;
const EASE_MS = 120;

function Followed({ playback, presented, arrivedMs, sound }: FollowedProps) {
  const { t } = useTranslation('hearing');
  const { player, state } = usePlayer(playback);
  const report = useMemo<Reported>(
    () => ({ atMs: presented.atMs, playing: presented.playing, rate: presented.rate, arrivedMs }),
    [presented, arrivedMs],
  );
  const latest = useRef(report);
  latest.current = report;
  useEffect(() => {
    let sought = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      const aim = expected(latest.current, now);
      const own = player.state;
      if (own.blocked) return;
      if (own.rate !== latest.current.rate) player.setRate(latest.current.rate);
      const ahead = own.atMs - aim.atMs;
      const off = Math.abs(ahead);
      if (off > (aim.playing ? JUMP_MS : 80) && now - sought > 1500 && aim.atMs < playback.durationMs) {
        sought = now;
        player.seek(aim.atMs + (aim.playing ? 150 : 0));
      }
      player.pull(aim.playing && off > EASE_MS && off <= JUMP_MS ? 1 - Math.sign(ahead) * 0.05 : 1);
      if (aim.playing && !own.playing && aim.atMs < playback.durationMs - 200) player.play();
      if (!aim.playing && own.playing) player.pause();
    }, 100);
    return () => clearInterval(timer);
  }, [player, playback.durationMs]);
  return (
    <>
      <Pictures
        playback={playback}
        player={player}
        state={state}
        view={presented.view}
        hears={presented.sound}
        sound={sound}
        bare
      />
      {state.blocked ? (
        <Button className="br-courtroom-sound" variant="default" onClick={() => player.play()}>
          {t('room.sound')}
        </Button>
      ) : null}
    </>
  );
}
