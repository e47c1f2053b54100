import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyRingState, RotationResult } from '../../shared/contract/accounts.ts';
import { useStation } from '../app/client.ts';
import { Asking, ConfirmDialog, JobProgress, Panel, SentenceError, StateChip, useAct, useAsk } from '../ui/index.ts';
import './access.css';

export interface CourtKeyPanelProps {
  /** The work on a key that this screen began or went on with. */
  readonly job: string | null;
  readonly started: (job: string) => void;
  readonly renewRecovery: () => void;
}

/** The court's own keys: a new vault identity, a new printed recovery key, and the work that follows from either. */
export function CourtKeyPanel({ job, started, renewRecovery }: CourtKeyPanelProps) {
  const { t } = useTranslation('access');
  const station = useStation();
  const asked = useAsk('key ring', (client) => client.keyRing.state(), 5000);
  const [asking, setAsking] = useState(false);
  const [away, setAway] = useState<readonly string[]>([]);
  const [running, setRunning] = useState(job !== null);
  const rotate = useAct(async () => {
    begin((await station.keyRing.rotateVault()).job);
    setAsking(false);
  });
  const goOn = useAct(async (withoutAway: boolean) => {
    begin((await station.keyRing.goOn({ withoutAway })).job);
  });
  const begin = (id: string) => {
    setAway([]);
    setRunning(true);
    started(id);
    asked.again();
  };
  return (
    <Panel title={t('court.title')}>
      <p className="br-soft">{t('court.text')}</p>
      <Asking asked={asked}>
        {(state) => (
          <>
            <dl className="br-key-facts">
              <dt>{t('court.vault')}</dt>
              <dd>{state.vault.recipient}</dd>
              <dt>{t('court.recovery')}</dt>
              <dd>{state.recovery.recipient}</dd>
            </dl>
            {running ? null : (
              <Unfinished state={state} away={away} goOn={(without) => void goOn.run(without)} busy={goOn.busy} />
            )}
            <div className="br-key-acts">
              <Button
                variant="default"
                onClick={() => setAsking(true)}
                disabled={running || state.vault.rotation !== null}
              >
                {t('court.rotate')}
              </Button>
              <Button variant="default" onClick={renewRecovery} disabled={running || state.recovery.rotation !== null}>
                {t('court.renew')}
              </Button>
            </div>
          </>
        )}
      </Asking>
      <SentenceError trouble={goOn.trouble} />
      {job === null ? null : (
        <JobProgress
          key={job}
          job={job}
          label={t('court.working')}
          onDone={(result) => {
            const parsed = RotationResult.safeParse(result);
            if (parsed.success) setAway(parsed.data.away);
          }}
          onEnd={() => {
            setRunning(false);
            asked.again();
          }}
        />
      )}
      <ConfirmDialog
        opened={asking}
        title={t('rotate.title')}
        text={
          <ul className="br-key-said">
            <li>{t('rotate.new')}</li>
            <li>{t('rotate.old')}</li>
            <li>{t('rotate.backups')}</li>
            <li>{t('rotate.bags')}</li>
          </ul>
        }
        confirm={t('rotate.confirm')}
        onConfirm={() => void rotate.run()}
        onClose={() => setAsking(false)}
        busy={rotate.busy}
        trouble={rotate.trouble}
      />
    </Panel>
  );
}

interface UnfinishedProps {
  readonly state: KeyRingState;
  readonly away: readonly string[];
  readonly goOn: (withoutAway: boolean) => void;
  readonly busy: boolean;
}

/** What is still closed to an old key, and going on with it. */
function Unfinished({ state, away, goOn, busy }: UnfinishedProps) {
  const { t } = useTranslation('access');
  const [without, setWithout] = useState(false);
  const open = [state.vault.rotation, state.recovery.rotation].filter((one) => one !== null);
  if (open.length === 0) return null;
  const left = Math.max(...open.map((one) => one.left));
  return (
    <div className="br-form" data-unfinished>
      <div>
        <StateChip tone="waits">{left === 0 ? t('court.ending') : t('court.unfinished', { count: left })}</StateChip>
      </div>
      {away.length === 0 ? null : (
        <>
          <p>{t('court.away', { folders: away.join(', ') })}</p>
          <Checkbox
            label={t('court.withoutAway')}
            checked={without}
            onChange={(event) => setWithout(event.currentTarget.checked)}
          />
        </>
      )}
      <div>
        <Button onClick={() => goOn(without && away.length > 0)} loading={busy}>
          {t('court.goOn')}
        </Button>
      </div>
    </div>
  );
}
