import { Button, Title } from '@mantine/core';
import { IconPrinter, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Interview } from '../../shared/contract/cases.ts';
import type { SealCard } from '../../shared/contract/recording.ts';
import { useDesktop } from '../app/desktop.ts';
import { useSession } from '../app/sessionStore.ts';
import { SimulatedBadge, useAsk, useFormat, useNames } from '../ui/index.ts';
import { checkpointOf } from './checkpoint.ts';
import { QrCode } from './QrCode.tsx';

export interface SealCardViewProps {
  readonly card: SealCard;
  readonly interview: Interview;
  /** Whether the reader has the exhibit's own page. */
  readonly mayOpen: boolean;
}

/** The proof in plain words first; the figures one step deeper; a label to print and stick on the case file. */
export function SealCardView({ card, interview, mayOpen }: SealCardViewProps) {
  const { t } = useTranslation('interview');
  const { exact, duration, number } = useFormat();
  const names = useNames();
  const desktop = useDesktop();
  const practice = useSession((state) => state.info?.practice === true);
  const exhibit = useAsk(mayOpen ? `exhibit ${card.exhibit}` : 'nothing', async (station) =>
    mayOpen ? await station.exhibits.get({ exhibit: card.exhibit }) : null,
  );
  const { root, size } = checkpointOf(card.checkpoint);
  return (
    <section className="br-seal" aria-labelledby="seal-title">
      <div className="br-seal-words">
        <div className="br-seal-head">
          <IconShieldCheck aria-hidden size={34} stroke={1.6} className="br-seal-mark" />
          <div>
            <Title order={2} id="seal-title">
              {t('sealed.title')}
            </Title>
            <span className="br-soft br-num">
              {exact(card.sealedAt)}
              {card.sealMs === null ? null : ` · ${t('sealed.in', { ms: number(card.sealMs) })}`}
            </span>
          </div>
        </div>
        <p>{t(practice ? 'sealed.textPractice' : 'sealed.text')}</p>
        {card.recovered ? <p className="br-note">{t('sealed.recovered')}</p> : null}
        {exhibit.data?.simulated === true ? (
          <div>
            <SimulatedBadge />
          </div>
        ) : null}
        <dl className="br-facts">
          <dt>{t('sealed.exhibit')}</dt>
          <dd className="br-seal-number br-num">{card.exhibit}</dd>
          <dt>{t('sealed.length')}</dt>
          <dd className="br-num">{duration(card.durationMs)}</dd>
          <dt>{t('sealed.by')}</dt>
          <dd>
            {card.signers
              .map(({ role, code }) => (role === 'station' ? t('sealed.station') : t('sealed.officer', { code })))
              .join(', ')}
          </dd>
          <dt>{t('sealed.copies')}</dt>
          <dd>
            {card.copies > (card.disks ?? 2)
              ? t('sealed.copiesSameDisk')
              : t('sealed.copiesOn', { count: card.copies })}
          </dd>
          <dt>{t('sealed.digest')}</dt>
          <dd className="br-figures">{card.recordSha256.slice(0, 16)}…</dd>
        </dl>
        <details className="br-noprint">
          <summary>{t('sealed.details')}</summary>
          <dl className="br-facts">
            <dt>SHA-256</dt>
            <dd className="br-figures">{card.recordSha256}</dd>
            <dt>{t('sealed.checkpoint')}</dt>
            <dd className="br-figures">
              {size} · {root}
            </dd>
          </dl>
        </details>
        <div className="br-chips br-noprint">
          <Button
            variant="default"
            leftSection={<IconPrinter aria-hidden size={18} />}
            onClick={() => void desktop.print()}
          >
            {t('sealed.print')}
          </Button>
          {mayOpen ? (
            <Button variant="subtle" component={Link} href={`/exhibit/${card.exhibit}`}>
              {t('sealed.open')}
            </Button>
          ) : null}
        </div>
      </div>
      <div className="br-seal-code">
        <QrCode text={`${card.exhibit}\n${size} ${root}`} label={t('sealed.qr')} />
        <span className="br-num">{card.exhibit}</span>
        <span className="br-soft">{names.child(interview.child.code)}</span>
      </div>
    </section>
  );
}
