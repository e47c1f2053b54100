import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InterviewScreenKind } from '../../shared/contract/pairing.ts';
import { useStation } from '../app/client.ts';
import { Offer } from '../pairing/Offer.tsx';
import { ScreenList } from '../pairing/ScreenList.tsx';
import { useAsk } from '../ui/index.ts';

export interface ObserversCodeProps {
  readonly interview: string;
  /** What kind of screen the code is for; observers' where nothing is said. */
  readonly kind?: InterviewScreenKind;
}

/** A code for a browser in the observation room, and the screens that came so. Each one is an admission and goes on record. */
export function ObserversCode({ interview, kind = 'observer' }: ObserversCodeProps) {
  const { t } = useTranslation('live');
  const station = useStation();
  const asked = useAsk(`paired/${interview}`, (client) => client.pairing.screens({ interview }), 2000);
  const screens = (asked.data ?? []).filter((screen) => screen.kind === kind);
  const end = async (screen: string) => {
    await station.pairing.end({ interview, screen });
    asked.again();
  };
  return (
    <section className="br-form br-observers-code">
      <Title order={2}>{t('observers.other')}</Title>
      <p className="br-soft">{t('observers.otherText')}</p>
      <ScreenList screens={screens} end={end} />
      <Offer ask={(client) => client.pairing.offer({ interview, kind })} connected={screens.length} />
    </section>
  );
}
