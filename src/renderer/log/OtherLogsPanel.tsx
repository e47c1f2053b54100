import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, useAct, useFormat } from '../ui/index.ts';
import { BroughtText } from './BroughtText.tsx';
import { CarriedText } from './CarriedText.tsx';
import type { WitnessPanelProps } from './OwnHeadPanel.tsx';

interface Answer {
  readonly text: string;
  readonly origin: string;
  readonly size: number;
  readonly before: number;
}

/** The heads of other logs: checked against what was seen, and cosigned. */
export function OtherLogsPanel({ known, changed }: WitnessPanelProps) {
  const { t } = useTranslation('witness');
  const { number } = useFormat();
  const station = useStation();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const cosign = useAct(async (text: string) => {
    setAnswer(null);
    setAnswer(await station.custody.witness({ text }));
  });
  const run = async (text: string) => {
    const done = await cosign.run(text);
    changed();
    return done;
  };
  const logs = known.keys.filter(({ kind }) => kind === 'log');
  return (
    <Panel title={t('others.title')}>
      <p className="br-soft">{t('others.text')}</p>
      {logs.length === 0 ? (
        <p className="br-soft">{t('others.none')}</p>
      ) : (
        <>
          <BroughtText
            label={t('others.brought')}
            hint={t('others.broughtHint')}
            act={t('others.cosign')}
            busy={cosign.busy}
            onText={run}
          />
          <SentenceError trouble={cosign.trouble} />
          {answer === null ? null : (
            <CarriedText
              text={answer.text}
              file={`${answer.origin.replaceAll('/', '-')}-${answer.size}.cosigned`}
              label={t('others.answer', {
                origin: answer.origin,
                number: number(answer.size),
                before: number(answer.before),
              })}
            />
          )}
        </>
      )}
    </Panel>
  );
}
