import { Button, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { SentenceError, useAct } from '../ui/index.ts';

/** How long a code can be used, as the station counts it. */
const CODE_MS = 30_000;

/** A code for a browser in the observation room. Each one is an admission and goes on record. */
export function ObserversCode({ interview }: { readonly interview: string }) {
  const { t } = useTranslation('live');
  const station = useStation();
  const [pair, setPair] = useState<{ code: string; path: string } | null>(null);
  const [gone, setGone] = useState(false);
  const make = useAct(async () => {
    setPair(await station.observers.admit({ interview }));
    setGone(false);
  });
  useEffect(() => {
    if (pair === null) return;
    const timer = setTimeout(() => setGone(true), CODE_MS);
    return () => clearTimeout(timer);
  }, [pair]);
  const shown = gone ? null : pair;
  return (
    <section className="br-form br-observers-code">
      <Title order={2}>{t('observers.other')}</Title>
      <p className="br-soft">{t('observers.otherText')}</p>
      <SentenceError trouble={make.trouble} />
      {gone ? <p>{t('observers.gone')}</p> : null}
      {shown === null ? (
        <div>
          <Button variant="default" onClick={() => void make.run()} loading={make.busy}>
            {t('observers.code')}
          </Button>
        </div>
      ) : (
        <div className="br-form">
          <TextInput label={t('observers.address')} value={`${location.origin}${shown.path}`} readOnly />
          <TextInput
            label={t('observers.pair')}
            value={shown.code}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      )}
    </section>
  );
}
