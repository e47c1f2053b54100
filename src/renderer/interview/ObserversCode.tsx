import { SegmentedControl, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InterviewScreenKind } from '../../shared/contract/pairing.ts';
import { useStation } from '../app/client.ts';
import { Offer } from '../pairing/Offer.tsx';
import { ScreenList } from '../pairing/ScreenList.tsx';
import { useAsk } from '../ui/index.ts';

/** A code for another browser: observers', the interviewer's, the child's; and the screens that came so. Each goes on record. */
export function ObserversCode({ interview }: { readonly interview: string }) {
  const { t } = useTranslation(['live', 'pairing']);
  const [kind, setKind] = useState<InterviewScreenKind>('observer');
  const station = useStation();
  const asked = useAsk(`paired/${interview}`, (client) => client.pairing.screens({ interview }), 2000);
  const screens = asked.data ?? [];
  const end = async (screen: string) => {
    await station.pairing.end({ interview, screen });
    asked.again();
  };
  return (
    <section className="br-form br-observers-code">
      <Title order={2}>{t('observers.other')}</Title>
      <SegmentedControl
        aria-label={t('pairing:choose.title')}
        value={kind}
        onChange={(value) => setKind(InterviewScreenKind.parse(value))}
        data={InterviewScreenKind.options.map((one) => ({ value: one, label: t(`pairing:choose.${one}`) }))}
      />
      <p className="br-soft">{kind === 'observer' ? t('observers.otherText') : t(`pairing:choose.${kind}Text`)}</p>
      <ScreenList screens={screens} end={end} />
      <Offer key={kind} ask={(client) => client.pairing.offer({ interview, kind })} connected={screens.length} />
    </section>
  );
}
