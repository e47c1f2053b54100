import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * What the station says of its own certificate, for comparing with what the browser shows of the connection: a page cannot read
 * that by itself, and what a page says of itself proves nothing alone.
 */
export function StationProof() {
  const { t } = useTranslation('pairing');
  const short = useOwnFingerprint();
  if (short === null) return null;
  return (
    <details className="br-pair-proof">
      <summary>{t('proof.title')}</summary>
      <p>
        {t('proof.says')} <strong className="br-fingerprint">{short}</strong>
      </p>
      <p>{t('proof.how')}</p>
      <p className="br-soft">{t('proof.honest')}</p>
    </details>
  );
}

function useOwnFingerprint(): string | null {
  const [short, setShort] = useState<string | null>(null);
  useEffect(() => {
    if (location.protocol !== 'https:') return;
    let here = true;
    fetch('/pair/station', { credentials: 'same-origin' })
      .then(async (answer) => {
        const json: unknown = await answer.json();
        const read = typeof json === 'object' && json !== null && 'fingerprint' in json ? json.fingerprint : null;
        const own = typeof read === 'object' && read !== null && 'short' in read ? read.short : null;
        if (here && typeof own === 'string') setShort(own);
      })
      // Without it there is nothing to compare; the code is refused or taken all the same.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, []);
  return short;
}
