import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimestampItem, TimestampQueue } from '../../shared/contract/timestamps.ts';
import { sentenceOf } from '../../shared/i18n/index.ts';
import { useStation } from '../app/client.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, Panel, SentenceError, StateChip, useAct, useAsk, useFormat } from '../ui/index.ts';

const MOST = 8;

/** What waits for a time-stamp, since when and why; and trying it now. */
export function WaitingPanel() {
  const { t } = useTranslation('time');
  const asked = useAsk('time queue', (station) => station.timestamps.queue(), 3000);
  return (
    <Panel title={t('waiting.title')}>
      <Asking asked={asked}>{(queue) => <Waiting queue={queue} changed={asked.again} />}</Asking>
    </Panel>
  );
}

function Waiting({ queue, changed }: { readonly queue: TimestampQueue; readonly changed: () => void }) {
  const { t } = useTranslation('time');
  const { exact, number } = useFormat();
  const station = useStation();
  const now = useAct(async () => {
    await station.timestamps.tryNow();
    changed();
  });
  const { authorities, waiting, newest, running } = queue;
  return (
    <div className="br-form">
      {waiting.length === 0 ? (
        <div>
          <StateChip tone={authorities === 0 ? 'quiet' : 'good'}>
            {authorities === 0 ? t('waiting.noAuthority') : t('waiting.none')}
          </StateChip>
        </div>
      ) : (
        <>
          <p className="br-soft">{authorities === 0 ? t('waiting.leadNoAuthority') : t('waiting.lead')}</p>
          <ul className="br-rows">
            {waiting.slice(0, MOST).map((item) => (
              <WaitingRow key={item.id} item={item} />
            ))}
          </ul>
          {waiting.length > MOST ? (
            <p className="br-soft">{t('waiting.more', { number: number(waiting.length - MOST) })}</p>
          ) : null}
        </>
      )}
      {newest?.time == null ? null : (
        <p className="br-soft br-num">
          {t('waiting.newest', { time: exact(newest.time), authority: newest.authority ?? '' })}
        </p>
      )}
      <SentenceError trouble={now.trouble} />
      {waiting.length === 0 || authorities === 0 ? null : (
        <div className="br-form-end">
          <Button onClick={() => void now.run()} loading={now.busy || running}>
            {t('waiting.act')}
          </Button>
        </div>
      )}
    </div>
  );
}

function WaitingRow({ item }: { readonly item: TimestampItem }) {
  const { t } = useTranslation('time');
  const { exact } = useFormat();
  const language = useSettings((settings) => settings.language);
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong className="br-num">{item.exhibit ?? t('kind.head')}</strong>
        <div className="br-soft">
          {item.exhibit === null ? null : <>{t(`kind.${item.kind}`)} · </>}
          {t('waiting.since', { at: exact(item.askedAt) })}
          {item.triedAt === null || item.nextAt === null ? null : (
            <> · {t('waiting.next', { at: exact(item.nextAt) })}</>
          )}
        </div>
        {item.problems.map(({ authority, code, params }) => (
          <div key={authority} data-code={code}>
            {sentenceOf(language, code, params)}
          </div>
        ))}
      </div>
      <StateChip tone={item.problems.length === 0 ? 'waits' : 'warn'}>
        {item.attempts === 0 ? t('waiting.untried') : t('waiting.attempts', { count: item.attempts })}
      </StateChip>
    </li>
  );
}
