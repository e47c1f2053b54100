import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStation } from '../app/client.ts';
import { Asking, NextStep, SentenceError, StateChip, useAct, useAsk } from '../ui/index.ts';
import type { InterviewPart } from './interviewPart.ts';
import { SealCardView } from './SealCardView.tsx';

/** The seal card, and handing over as the next step. */
export function SealedInterview({ view, mayAct }: InterviewPart) {
  const { t } = useTranslation(['interview', 'closing']);
  const { interview } = view;
  const card = useAsk(`card ${interview.id}`, (station) => station.recording.card({ interview: interview.id }));
  return (
    <>
      {interview.goesOnIn === null ? null : (
        <p className="br-note br-noprint">
          <Link href={`/interview/${interview.goesOnIn}`}>{t('secured.goneOn')}</Link>
        </p>
      )}
      {mayAct ? <HandOver exhibit={interview.exhibit} /> : null}
      {mayAct ? (
        <div className="br-chips br-noprint">
          <Button variant="default" component={Link} href={`/exhibit/${interview.exhibit}/protocol`}>
            {t('closing:panel.protocol')}
          </Button>
          <Button variant="default" component={Link} href={`/exhibit/${interview.exhibit}/transcript`}>
            {t('sealed.playBack')}
          </Button>
        </div>
      ) : null}
      <Asking asked={card}>{(seal) => <SealCardView card={seal} interview={interview} mayOpen={mayAct} />}</Asking>
    </>
  );
}

function HandOver({ exhibit: number }: { readonly exhibit: string }) {
  const { t } = useTranslation('interview');
  const station = useStation();
  const asked = useAsk(`exhibit ${number}`, (client) => client.exhibits.get({ exhibit: number }), 10_000);
  const handOver = useAct(async () => {
    await station.archive.handOver({ exhibit: number });
    asked.again();
  });
  return (
    <div className="br-noprint">
      <SentenceError trouble={handOver.trouble} />
      <Asking asked={asked}>
        {({ archive }) =>
          archive === 'with-officer' ? (
            <NextStep
              title={t('handOver.title')}
              text={t('handOver.text')}
              act={{ label: t('handOver.act'), run: () => void handOver.run(), busy: handOver.busy }}
            />
          ) : (
            <StateChip tone={archive === 'accepted' ? 'good' : 'waits'}>{t(`handOver.${archive}`)}</StateChip>
          )
        }
      </Asking>
    </div>
  );
}
