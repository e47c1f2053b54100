import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { Asking, SentenceError, useAct, useAsk, useFormat, useNames } from '../ui/index.ts';

/** Recordings that came in bags under the case's number: those that are of this child count as earlier interviews. */
export function ImportedList({ childId, linked }: { readonly childId: string; readonly linked: () => void }) {
  const { t } = useTranslation('plan');
  const { dateTime } = useFormat();
  const names = useNames();
  const station = useStation();
  const asked = useAsk(`imported ${childId}`, (client) => client.planning.imported({ childId }));
  const link = useAct(async (exhibit: string, of: boolean) => {
    await station.planning.link({ childId, exhibit, linked: of });
    asked.again();
    linked();
  });
  if (asked.data !== null && asked.data.length === 0) return null;
  return (
    <Asking asked={asked}>
      {(list) => (
        <>
          <h3>{t('imported.title')}</h3>
          <p className="br-soft">{t('imported.text')}</p>
          <SentenceError trouble={link.trouble} />
          <ul className="br-rows">
            {list.map((one) => (
              <li className="br-row" key={one.exhibit}>
                <div className="br-row-words">
                  <strong className="br-num">{one.exhibit}</strong>
                  <div className="br-soft">
                    {dateTime(one.startedAt)} · {names.kind(one.kind)} · {names.child(one.childCode)},{' '}
                    {names.age(one.ageYears)}
                  </div>
                </div>
                <Switch
                  size="md"
                  label={t('imported.ofThisChild')}
                  checked={one.linked}
                  disabled={link.busy}
                  onChange={(event) => void link.run(one.exhibit, event.currentTarget.checked)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Asking>
  );
}
