import { Button, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SentenceError, usePairingCode } from '../ui/index.ts';

/** A code for a browser in the observation room. Each one is an admission and goes on record. */
export function ObserversCode({ interview }: { readonly interview: string }) {
  const { t } = useTranslation('live');
  const { shown, gone, make } = usePairingCode((station) => station.observers.admit({ interview }));
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
