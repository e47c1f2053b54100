import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../shared/contract/station.ts';
import { diskProblem } from '../../shared/domain/diskProblem.ts';
import { littleRoom } from '../../shared/domain/diskRoomMark.ts';
import { useStation } from '../app/client.ts';
import {
  Asking,
  EmptyState,
  Page,
  Panel,
  PathField,
  SentenceError,
  StateChip,
  useAct,
  useAsk,
  useFormat,
} from '../ui/index.ts';
import { BackupPanel } from './BackupPanel.tsx';
import { LevellingPanel } from './LevellingPanel.tsx';

/** The two folders that every recording is written to. */
export function DisksScreen() {
  const { t } = useTranslation(['admin', 'recorder']);
  const { bytes, duration } = useFormat();
  const asked = useAsk('targets', (station) => station.station.targets(), 10_000);
  return (
    <Page title={t('disks.title')} lead={t('disks.lead')} width="narrow">
      <Asking asked={asked}>
        {(targets) => (
          <>
            {targets.some(({ shared }) => shared) ? (
              <Alert
                variant="default"
                className="br-error"
                icon={<IconAlertTriangle aria-hidden size={22} />}
                title={t('disks.oneDisk.title')}
                radius="md"
              >
                {t('disks.oneDisk.text')}
              </Alert>
            ) : null}
            <Panel title={t('disks.now')}>
              {targets.length === 0 ? (
                <EmptyState>{t('disks.none')}</EmptyState>
              ) : (
                <ul className="br-rows">
                  {targets.map((target) => (
                    <li className="br-row" key={target.path}>
                      <div className="br-row-words">
                        <strong>{target.path}</strong>
                        <div className="br-soft br-num">
                          {target.freeBytes === null
                            ? t('disks.freeUnknown')
                            : t('disks.free', { free: bytes(target.freeBytes) })}
                          {target.lastsMs === null ? null : (
                            <> · {t('disks.lasts', { time: duration(target.lastsMs) })}</>
                          )}
                        </div>
                      </div>
                      <TargetChip target={target} />
                    </li>
                  ))}
                </ul>
              )}
            </Panel>
            <LevellingPanel />
            <DisksForm
              key={targets.map(({ path }) => path).join('|')}
              paths={targets.map(({ path }) => path)}
              changed={asked.again}
            />
            <BackupPanel />
          </>
        )}
      </Asking>
    </Page>
  );
}

function TargetChip({ target: { problem, shared, lastsMs } }: { readonly target: Target }) {
  const { t } = useTranslation(['admin', 'recorder']);
  if (problem !== null) {
    const words = t(`recorder:problem.${diskProblem(problem)}`, { code: problem });
    return <StateChip tone="lost">{t('disks.trouble', { problem: words })}</StateChip>;
  }
  if (littleRoom(lastsMs)) return <StateChip tone="warn">{t('disks.low')}</StateChip>;
  return shared ? (
    <StateChip tone="warn">{t('disks.same')}</StateChip>
  ) : (
    <StateChip tone="good">{t('disks.well')}</StateChip>
  );
}

function DisksForm({ paths, changed }: { readonly paths: readonly string[]; readonly changed: () => void }) {
  const { t } = useTranslation('admin');
  const station = useStation();
  const [first, setFirst] = useState(paths[0] ?? '');
  const [second, setSecond] = useState(paths[1] ?? '');
  const save = useAct(async () => {
    await station.station.setTargets({ paths: [first.trim(), second.trim()].filter((path) => path !== '') });
    changed();
  });
  return (
    <Panel title={t('disks.change')}>
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <PathField what="folder" label={t('disks.first')} value={first} onChange={setFirst} />
        <PathField
          what="folder"
          label={t('disks.second')}
          description={t('disks.secondHint')}
          value={second}
          onChange={setSecond}
        />
        <SentenceError trouble={save.trouble} />
        <div className="br-form-end">
          <Button type="submit" loading={save.busy} disabled={first.trim() === ''}>
            {t('disks.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
