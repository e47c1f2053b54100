import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { Asking, EmptyState, Panel, SentenceError, useAct, useAsk, useFormat } from '../ui/index.ts';
import { useLogWords } from './useLogWords.ts';

type Entries = Awaited<ReturnType<ReturnType<typeof useStation>['custody']['list']>>['events'];
const atOnce = 50;

/** The newest entries first; older ones on request, and those of the log that this one goes on from. */
export function LogEntries({ log }: { readonly log?: string }) {
  const { t } = useTranslation('log');
  const { exact, number } = useFormat();
  const say = useLogWords();
  const station = useStation();
  const of = log === undefined ? {} : { log };
  const asked = useAsk(
    `log ${log ?? ''}`,
    (client) => client.custody.list({ before: null, count: atOnce, ...of }),
    log === undefined ? 15_000 : null,
  );
  const [before, setBefore] = useState(false);
  const [older, setOlder] = useState<Entries>([]);
  const more = useAct(async (before: number) => {
    const answer = await station.custody.list({ before, count: atOnce, ...of });
    setOlder((known) => [...known, ...answer.events]);
  });
  return (
    <Asking asked={asked}>
      {({ size, events, origin, earlier }) => {
        const known = new Map([...older, ...events].map((event) => [event.index, event]));
        const all = [...known.values()].toSorted((a, b) => b.index - a.index);
        const last = all.at(-1);
        const entries = t('check.size', { count: size });
        const panel = (
          <Panel title={log === undefined ? entries : `${origin}: ${entries}`}>
            {all.length === 0 ? (
              <EmptyState>{t('empty')}</EmptyState>
            ) : (
              <div className="br-log">
                <Table verticalSpacing="xs" stickyHeader={false}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('table.index')}</Table.Th>
                      <Table.Th>{t('table.at')}</Table.Th>
                      <Table.Th>{t('table.action')}</Table.Th>
                      <Table.Th>{t('table.actor')}</Table.Th>
                      <Table.Th>{t('table.subject')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {all.map((event) => (
                      <Table.Tr key={event.index}>
                        <Table.Td className="br-num">{number(event.index)}</Table.Td>
                        <Table.Td className="br-num">{exact(event.at)}</Table.Td>
                        <Table.Td>{say.action(event.action)}</Table.Td>
                        <Table.Td>
                          <span className="br-log-code">{event.actor}</span>{' '}
                          <span className="br-soft">{say.role(event.role)}</span>
                        </Table.Td>
                        <Table.Td>
                          <span className="br-soft">{say.subject(event.subject.type)}</span>{' '}
                          <span className="br-log-code">{event.subject.id}</span>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </div>
            )}
            <SentenceError trouble={more.trouble} />
            {last !== undefined && last.index > 0 ? (
              <div>
                <Button variant="default" loading={more.busy} onClick={() => void more.run(last.index)}>
                  {t('older')}
                </Button>
              </div>
            ) : null}
            {earlier !== null && !before && last?.index === 0 ? (
              <div>
                <Button variant="default" onClick={() => setBefore(true)}>
                  {t('earlierLog')}
                </Button>
              </div>
            ) : null}
          </Panel>
        );
        return (
          <>
            {panel}
            {earlier !== null && before ? <LogEntries log={earlier} /> : null}
          </>
        );
      }}
    </Asking>
  );
}
