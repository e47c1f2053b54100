import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SentenceError } from '../SentenceError.tsx';
import type { PlayerState, StepPlayer } from './stepPlayer.ts';

interface PlayTroubleProps {
  readonly player: StepPlayer;
  readonly state: PlayerState;
}

/** Why it does not play: a stretch that does not verify, with the way past it, or a browser that wants a press first. */
export function PlayTrouble({ player, state }: PlayTroubleProps) {
  const { t } = useTranslation('hearing');
  const refused = state.refused[0];
  return (
    <>
      {refused === undefined ? null : (
        <SentenceError trouble={refused}>
          <Button variant="default" size="compact-md" onClick={() => player.goOn()}>
            {refused.segment === null ? t('tryAgain') : t('goOn')}
          </Button>
        </SentenceError>
      )}
      {state.blocked ? <p className="br-note">{t('blocked')}</p> : null}
    </>
  );
}
