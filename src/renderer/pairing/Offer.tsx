import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairingOffer } from '../../shared/contract/pairing.ts';
import { QrCode } from '../interview/QrCode.tsx';
import { SentenceError, useFormat } from '../ui/index.ts';
import './pairing.css';
import { type AskOffer, useOffer } from './useOffer.ts';

export interface OfferProps {
  readonly ask: AskOffer;
  /** Screens that are connected now: when there are more, the code was used, and goes. */
  readonly connected: number;
}

/** A code for one more screen: to type, or to read with a camera; and what to compare. Each one goes on record. */
export function Offer({ ask, connected }: OfferProps) {
  const { t } = useTranslation('pairing');
  const { offer, left, make, forget } = useOffer(ask);
  const before = useRef(connected);
  useEffect(() => {
    if (connected > before.current) forget();
    before.current = connected;
  });
  const shown = offer !== null && left > 0 ? offer : null;
  return (
    <div className="br-form">
      <SentenceError trouble={make.trouble} />
      {shown === null ? (
        <>
          {offer === null ? null : <p role="status">{t('offer.gone')}</p>}
          <div>
            <Button variant="default" onClick={() => void make.run()} loading={make.busy}>
              {t('offer.make')}
            </Button>
          </div>
        </>
      ) : (
        <Code offer={shown} left={left} />
      )}
    </div>
  );
}

function Code({ offer, left }: { readonly offer: PairingOffer; readonly left: number }) {
  const { t } = useTranslation('pairing');
  const { duration } = useFormat();
  const [first] = offer.addresses;
  const address = first ?? `${location.origin}/pair`;
  const link = `${address}#${offer.code}`;
  return (
    <div className="br-offer">
      {first === undefined ? null : (
        <div className="br-offer-qr">
          <QrCode text={link} label={t('offer.qr')} />
        </div>
      )}
      <div className="br-offer-words">
        <div>
          <div className="br-soft">{t('offer.address')}</div>
          <strong className="br-offer-address">{address}</strong>
          {offer.addresses.length > 1 ? (
            <div className="br-soft br-offer-address">
              {t('offer.or', { addresses: offer.addresses.slice(1).join(', ') })}
            </div>
          ) : null}
        </div>
        <div>
          <div className="br-soft">{t('offer.code')}</div>
          <output className="br-offer-code">{offer.code}</output>
          <div className="br-soft br-num">{t('offer.left', { time: duration(left * 1000) })}</div>
        </div>
        {offer.fingerprint === null ? (
          <p className="br-note">{t(`offer.network.${offer.network === 'open' ? 'trouble' : offer.network}`)}</p>
        ) : (
          <div>
            <div className="br-soft">{t('offer.fingerprint')}</div>
            <strong className="br-fingerprint">{offer.fingerprint.short}</strong>
            <div className="br-soft">{t('offer.compare')}</div>
          </div>
        )}
      </div>
    </div>
  );
}
