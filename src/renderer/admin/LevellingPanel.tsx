import { Button, Group, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Levelling } from '../../shared/contract/station.ts';
import { useStation } from '../app/client.ts';
import { Asking, Panel, SentenceError, StateChip, useAct, useAsk, useFormat } from '../ui/index.ts';

const MOST = 8;

/** Exhibits that do not stand on two disks, and bringing them there. */
export function LevellingPanel() {
  const { t } = useTranslation('admin');
  const asked = useAsk('levelling', (station) => station.station.levelling(), 2000);
  return (
    <Panel title={t('disks.level.title')}>
      <Asking asked={asked}>{(levelling) => <LevellingState levelling={levelling} changed={asked.again} />}</Asking>
    </Panel>
  );
}

function LevellingState({ levelling, changed }: { readonly levelling: Levelling; readonly changed: () => void }) {
  const { t } = useTranslation('admin');
  const { number } = useFormat();
  const station = useStation();
  const begin = useAct(async () => {
    await station.station.bringLevel();
    changed();
  });
  const { exhibits, running, waits, problem, lookedAt } = levelling;
  if (lookedAt === null) return <p className="br-soft">{t('disks.level.looking')}</p>;
  if (exhibits.length === 0 && running === null) return <StateChip tone="good">{t('disks.level.all')}</StateChip>;
  const can = exhibits.some((one) => one.can);
  return (
    <div className="br-form">
      <p className="br-soft">{can || running !== null ? t('disks.level.lead') : t('disks.level.nowhere')}</p>
      <ul className="br-rows">
        {exhibits.slice(0, MOST).map((one) => (
          <LackingRow key={one.exhibit} lacking={one} />
        ))}
      </ul>
      {exhibits.length > MOST ? (
        <p className="br-soft">{t('disks.level.more', { number: number(exhibits.length - MOST) })}</p>
      ) : null}
      <SentenceError trouble={begin.trouble ?? problem} />
      {running === null ? (
        <div className="br-form-end">
          {waits ? <p className="br-soft">{t('disks.level.waits')}</p> : null}
          <Button onClick={() => void begin.run()} loading={begin.busy} disabled={!can || waits}>
            {t('disks.level.act')}
          </Button>
        </div>
      ) : (
        <Running running={running} changed={changed} />
      )}
    </div>
  );
}

function LackingRow({ lacking }: { readonly lacking: Levelling['exhibits'][number] }) {
  const { t } = useTranslation('admin');
  const { bytes, number } = useFormat();
  const { whole, disks, copies, exhibit } = lacking;
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong className="br-num">{exhibit}</strong>
        <div className="br-soft br-num">{bytes(lacking.bytes)}</div>
      </div>
      {disks < 2 ? (
        <StateChip tone={whole === 0 ? 'lost' : 'warn'}>
          {whole === 0 ? t('disks.level.none') : whole === 1 ? t('disks.level.one') : t('disks.level.sameDisk')}
        </StateChip>
      ) : null}
      {copies > 0 ? <StateChip tone="warn">{t('disks.level.copies', { number: number(copies) })}</StateChip> : null}
    </li>
  );
}

function Running(props: { readonly running: NonNullable<Levelling['running']>; readonly changed: () => void }) {
  const { t } = useTranslation('admin');
  const { percent } = useFormat();
  const station = useStation();
  const cancel = useAct(async () => {
    await station.station.cancelLevelling();
    props.changed();
  });
  const { exhibit, progress } = props.running;
  const label = t('disks.level.working', { exhibit });
  return (
    <div className="br-job">
      <Group justify="space-between">
        <span>{label}</span>
        <span className="br-soft br-num">{percent(progress)}</span>
      </Group>
      <Progress value={progress * 100} aria-label={label} size="md" />
      <Group justify="flex-end">
        <Button variant="subtle" size="sm" onClick={() => void cancel.run()} loading={cancel.busy}>
          {t('disks.level.cancel')}
        </Button>
      </Group>
      <SentenceError trouble={cancel.trouble} />
    </div>
  );
}
