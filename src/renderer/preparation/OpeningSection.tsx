import { Button, Modal } from '@mantine/core';
import { IconMaximize, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreparationReading } from '../../shared/contract/preparation.ts';
import { useNames } from '../ui/index.ts';
import type { Checklist } from './checklistPart.ts';
import { PartOf } from './PartOf.tsx';
import { ReadingCard } from './ReadingCard.tsx';
import { useReadingText } from './useReadingText.ts';

/** The opening statement, composed from the interview's data, to read aloud from the screen or from paper. */
export function OpeningSection(list: Checklist) {
  const { t } = useTranslation(['preparation', 'common']);
  const textOf = useReadingText(list);
  const [large, setLarge] = useState<PreparationReading | null>(null);
  const { view, names } = list;
  const openings = view.readings.filter(({ what }) => what === 'opening');
  if (openings.length === 0) return null;
  return (
    <PartOf view={view} section="opening">
      <Purpose view={view} />
      {openings.map((reading) => (
        <ReadingCard key={reading.rule} list={list} reading={reading} text={textOf(reading)}>
          <div className="br-prep-acts">
            <Button
              variant="default"
              size="md"
              leftSection={<IconMaximize aria-hidden size={18} />}
              onClick={() => setLarge(reading)}
            >
              {t('opening.large')}
            </Button>
            {names === null ? (
              <Button variant="default" size="md" onClick={list.showNames}>
                {t('people.names')}
              </Button>
            ) : null}
          </div>
        </ReadingCard>
      ))}
      <Modal
        opened={large !== null}
        onClose={() => setLarge(null)}
        fullScreen
        title={t('section.opening')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        classNames={{ title: 'br-dialog-title', root: 'br-prep-large' }}
      >
        <Purpose view={view} />
        {large === null ? null : (
          <p className="br-prep-largest" lang={large.language}>
            {textOf(large)}
          </p>
        )}
        <div className="br-prep-acts br-prep-unprinted">
          <Button
            variant="default"
            size="md"
            leftSection={<IconPrinter aria-hidden size={18} />}
            onClick={() => window.print()}
          >
            {t('common:print')}
          </Button>
        </div>
      </Modal>
    </PartOf>
  );
}

/** What is held, as the rules call it in the interview's language. */
function Purpose({ view }: Pick<Checklist, 'view'>) {
  const { t } = useTranslation(['preparation', 'common']);
  const names = useNames();
  const { interview, rules } = view;
  return (
    <p className="br-soft">
      {t('opening.purpose')}:{' '}
      <span lang={interview.language}>{rules.kind?.[interview.language] ?? names.kind(interview.kind)}</span>
    </p>
  );
}
