import { IconCertificate, IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AccountView } from '../app/sessionStore.ts';
import { useAsk } from '../ui/index.ts';

/** What is missing before recordings open or can be signed; and, for key holders, who waits to be let in. */
export function AccessNotice({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('home');
  return (
    <>
      {account.keys === 'waits' ? (
        <section className="br-notice" aria-label={t('waits.title')}>
          <IconHourglassEmpty aria-hidden size={22} />
          <div>
            <strong>{t('waits.title')}</strong>
            <p>{t('waits.text')}</p>
            <Link href="/access">{t('waits.act')}</Link>
          </div>
        </section>
      ) : null}
      {account.certificate === 'requested' ? (
        <section className="br-notice">
          <IconCertificate aria-hidden size={22} />
          <p>{t('certificateWaits')}</p>
        </section>
      ) : null}
      {account.keys === 'granted' ? <Waiting /> : null}
    </>
  );
}

function Waiting() {
  const { t } = useTranslation('home');
  const waiting = useAsk('waiting', (station) => station.accounts.waiting(), 15_000);
  const count = waiting.data?.length ?? 0;
  if (count === 0) return null;
  return (
    <section className="br-notice">
      <IconHourglassEmpty aria-hidden size={22} />
      <p>
        {t('waitingPeople', { count })} · <Link href="/access">{t('waitingAct')}</Link>
      </p>
    </section>
  );
}
